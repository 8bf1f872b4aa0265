"""The training step in JAX, compiled as one function."""

import functools

import jax
import jax.numpy as jnp


class Parameters:
    """First values from one seed; their size has no influence on the time."""

    def __init__(self, work):
        self.work = work
        self.keys = iter(jax.random.split(jax.random.key(0), 8 * work.layers + 8))

    def normal(self, *shape):
        return 0.02 * jax.random.normal(next(self.keys), shape)

    def dense(self, rows, columns):
        return {"weight": self.normal(rows, columns), "bias": jnp.zeros(columns)}

    def norm(self):
        return {"scale": jnp.ones(self.work.width), "shift": jnp.zeros(self.work.width)}

    def attention(self):
        d = self.work.width
        if self.work.format == "paired":
            return {"query": self.dense(d, d), "key_value": self.dense(d, 2 * d)}
        return {"query_key_value": self.dense(d, 3 * d)}

    def block(self):
        d, hidden = self.work.width, self.work.expansion * self.work.width
        return {"first": self.norm(), **self.attention(), "output": self.dense(d, d),
                "second": self.norm(), "expand": self.dense(d, hidden), "contract": self.dense(hidden, d)}

    def all(self):
        work = self.work
        parameters = {
            "read_in": self.dense(work.token_width, work.width),
            "blocks": [self.block() for _ in range(work.layers)],
            "norm": self.norm(),
            "read_out": self.dense(work.width, work.targets),
        }
        if work.learned_positions:
            parameters["positions"] = self.normal(work.tokens, work.width)
        return parameters


class Transformer:
    def __init__(self, work):
        self.work = work
        self.compute = jnp.bfloat16 if work.precision == "bfloat16" else jnp.float32

    def linear(self, p, x):
        return (x.astype(self.compute) @ p["weight"].astype(self.compute)).astype(jnp.float32) + p["bias"]

    def normalise(self, p, x):
        centred = x - x.mean(-1, keepdims=True)
        variance = jnp.square(centred).mean(-1, keepdims=True)
        return centred * jax.lax.rsqrt(variance + 1e-5) * p["scale"] + p["shift"]

    def heads(self, rows, count):
        batch, tokens, _ = rows.shape
        split = rows.reshape(batch, tokens, count, self.work.heads, -1)
        return split.transpose(2, 0, 3, 1, 4).astype(self.compute)

    def mix(self, q, k, v):
        visible = jnp.array(self.work.visible)
        scores = (q @ k.swapaxes(2, 3)).astype(jnp.float32) * self.work.attention_scale
        if self.work.linear_attention:
            weights = jnp.where(visible, scores, 0)
        else:
            weights = jax.nn.softmax(jnp.where(visible, scores, -1e30), axis=-1)
            if self.work.format == "paired":
                # The first query sees nothing, and gets zeros.
                weights = jnp.where(visible, weights, 0)
        return weights.astype(self.compute) @ v

    def attend(self, p, x):
        if self.work.format == "paired":
            # Nobody attends to queries.
            (q,) = self.heads(self.linear(p["query"], x), 1)
            k, v = self.heads(self.linear(p["key_value"], x[:, : self.work.examples]), 2)
        else:
            q, k, v = self.heads(self.linear(p["query_key_value"], x), 3)
        return self.linear(p["output"], self.mix(q, k, v).swapaxes(1, 2).reshape(x.shape))

    def __call__(self, p, tokens):
        h = self.linear(p["read_in"], tokens)
        if self.work.learned_positions:
            h = h + p["positions"]
        for b in p["blocks"]:
            h = h + self.attend(b, self.normalise(b["first"], h))
            hidden = self.linear(b["expand"], self.normalise(b["second"], h))
            hidden = jax.nn.relu(hidden) if self.work.activation == "relu" else jax.nn.gelu(hidden, approximate=True)
            h = h + self.linear(b["contract"], hidden)
        return self.linear(p["read_out"], self.normalise(p["norm"], h[:, self.work.predictions]))


def draw_regression(work, key):
    """Inputs `[B, N, D]` and real targets `[B, N]`."""
    first, second, third = jax.random.split(key, 3)
    inputs = work.family["inputScale"] * jax.random.normal(first, (work.batch, work.examples, work.inputs))
    targets = (inputs @ jax.random.normal(second, (work.batch, work.inputs, 1)))[..., 0]
    if work.family["noise"]:
        targets = targets + work.family["noise"] * jax.random.normal(third, targets.shape)
    return inputs, targets


def draw_classes(work, key):
    """Inputs `[B, N, D]` and class numbers `[B, N]`."""
    family, latent, batch = work.family, work.family["latentDimension"], work.batch
    keys = jax.random.split(key, 7)
    if family["base"] == "fixed":
        prototypes = jnp.broadcast_to(
            jax.random.normal(jax.random.key(2), (work.classes, latent)), (batch, work.classes, latent))
    else:
        prototypes = jax.random.normal(keys[0], (batch, work.classes, latent))
    used = jax.random.randint(keys[1], (batch, 1), family["minimumClassCount"], work.classes + 1)
    order, labels = (jnp.argsort(jax.random.uniform(k, (batch, work.classes)), axis=1) for k in keys[2:4])
    places = (jax.random.uniform(keys[4], (batch, work.examples)) * used).astype(int)
    chosen = jnp.take_along_axis(order, places, axis=1)
    items = jnp.take_along_axis(prototypes, chosen[..., None], axis=1)
    items = items + family["spread"] * jax.random.normal(keys[5], items.shape)
    projection = jax.random.normal(keys[6], (batch, latent, work.inputs)) / latent**0.5
    return items @ projection, jnp.take_along_axis(labels, chosen, axis=1)


def write_tokens(work, inputs, targets):
    """`[B, T, F]`, in the prompt format."""
    shown = jax.nn.one_hot(targets, work.classes) if work.classes else targets[..., None]
    n, d, c = work.examples, work.inputs, work.targets
    tokens = jnp.zeros((work.batch, work.tokens, work.token_width))
    if work.format == "interleaved":
        return tokens.at[:, 0::2, :d].set(inputs).at[:, 1::2, :c].set(shown)
    if work.format == "paired":
        tokens = tokens.at[:, :n, :d].set(inputs).at[:, :n, d : d + c].set(shown)
        return tokens.at[:, n:, :d].set(inputs).at[:, n:, -1].set(1)
    return tokens.at[:, :, :d].set(inputs).at[:, 1:, d:].set(shown[:, :-1])


def make_step(work):
    model, settings = Transformer(work), work.optimizer
    draw = draw_classes if work.classes else draw_regression
    keep, keep_square = settings["firstDecay"], settings["secondDecay"]

    def loss_of(p, tokens, targets):
        predictions = model(p, tokens)
        if work.classes:
            chosen = jnp.take_along_axis(jax.nn.log_softmax(predictions), targets[..., None], axis=-1)
            return -chosen.mean()
        return jnp.square(predictions[..., 0] - targets).mean()

    def clipped(gradient):
        if settings["maximumNorm"] is None:
            return gradient
        norm = jnp.sqrt(sum(jnp.square(g).sum() for g in jax.tree.leaves(gradient)))
        factor = jnp.minimum(1, settings["maximumNorm"] / (norm + 1e-6))
        return jax.tree.map(lambda g: factor * g, gradient)

    @functools.partial(jax.jit, donate_argnums=0)
    def update(state, count):
        p, mean, square = state
        inputs, targets = draw(work, jax.random.fold_in(jax.random.key(1), count))
        loss, gradient = jax.value_and_grad(loss_of)(p, write_tokens(work, inputs, targets), targets)
        gradient = clipped(gradient)
        mean = jax.tree.map(lambda m, g: keep * m + (1 - keep) * g, mean, gradient)
        square = jax.tree.map(lambda v, g: keep_square * v + (1 - keep_square) * g * g, square, gradient)
        mean_scale, square_scale = 1 / (1 - keep**count), 1 / (1 - keep_square**count)

        def move(x, m, v):
            direction = m * mean_scale / (jnp.sqrt(v * square_scale) + settings["epsilon"])
            return x - settings["learningRate"] * (direction + settings["weightDecay"] * x)

        return (jax.tree.map(move, p, mean, square), mean, square), loss

    parameters = Parameters(work).all()
    zeros = functools.partial(jax.tree.map, jnp.zeros_like)
    state, count = (parameters, zeros(parameters), zeros(parameters)), 0

    def step():
        nonlocal state, count
        count += 1
        state, loss = update(state, count)
        return float(loss)

    return step
