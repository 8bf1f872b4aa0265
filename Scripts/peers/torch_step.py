"""The training step in PyTorch, eager or compiled."""

import torch
from torch import nn
from torch.nn import functional


class Attention(nn.Module):
    def __init__(self, work):
        super().__init__()
        self.work = work
        if work.format == "paired":
            self.query = nn.Linear(work.width, work.width)
            self.key_value = nn.Linear(work.width, 2 * work.width)
            self.register_buffer("visible", torch.tensor(work.visible))
        else:
            self.query_key_value = nn.Linear(work.width, 3 * work.width)
        self.output = nn.Linear(work.width, work.width)

    def forward(self, x):
        q, k, v = self.project(x)
        mixed = self.mix_linear(q, k, v) if self.work.linear_attention else self.mix(q, k, v)
        return self.output(mixed.transpose(1, 2).flatten(2))

    def heads(self, rows, count):
        return rows.unflatten(-1, (count, self.work.heads, -1)).permute(2, 0, 3, 1, 4)

    def project(self, x):
        """Nobody attends to the queries of the paired format, so keys and values of the context are enough there."""
        if self.work.format == "paired":
            return *self.heads(self.query(x), 1), *self.heads(self.key_value(x[:, : self.work.examples]), 2)
        return self.heads(self.query_key_value(x), 3)

    def mix(self, q, k, v):
        if self.work.format == "paired":
            # One call with a mask is faster than two that are causal; a query that sees nothing gets zeros.
            return functional.scaled_dot_product_attention(q, k, v, attn_mask=self.visible)
        return functional.scaled_dot_product_attention(q, k, v, is_causal=True)

    def mix_linear(self, q, k, v):
        scores = (q * self.work.attention_scale) @ k.transpose(2, 3)
        return (scores * self.visible if self.work.format == "paired" else scores.tril()) @ v


class Transformer(nn.Module):
    def __init__(self, work):
        super().__init__()
        self.work = work
        self.read_in = nn.Linear(work.token_width, work.width)
        self.positions = nn.Parameter(0.02 * torch.randn(work.tokens, work.width)) if work.learned_positions else 0
        self.attentions = nn.ModuleList(Attention(work) for _ in range(work.layers))
        self.feed_forwards = nn.ModuleList(self.feed_forward() for _ in range(work.layers))
        self.norms = nn.ModuleList(nn.LayerNorm(work.width) for _ in range(2 * work.layers + 1))
        self.read_out = nn.Linear(work.width, work.targets)

    def feed_forward(self):
        hidden = self.work.expansion * self.work.width
        activation = nn.ReLU() if self.work.activation == "relu" else nn.GELU(approximate="tanh")
        return nn.Sequential(nn.Linear(self.work.width, hidden), activation, nn.Linear(hidden, self.work.width))

    def forward(self, tokens):
        h = self.read_in(tokens) + self.positions
        for layer, (attention, feed_forward) in enumerate(zip(self.attentions, self.feed_forwards)):
            h = h + attention(self.norms[2 * layer](h))
            h = h + feed_forward(self.norms[2 * layer + 1](h))
        return self.read_out(self.norms[-1](h[:, self.work.predictions]))


def draw_regression(work):
    """Inputs `[B, N, D]` and real targets `[B, N]`."""
    inputs = work.family["inputScale"] * torch.randn(work.batch, work.examples, work.inputs)
    targets = (inputs @ torch.randn(work.batch, work.inputs, 1)).squeeze(-1)
    if work.family["noise"]:
        targets = targets + work.family["noise"] * torch.randn_like(targets)
    return inputs, targets


def draw_classes(work, base):
    """Inputs `[B, N, D]` and class numbers `[B, N]`."""
    family, latent = work.family, work.family["latentDimension"]
    shape = (work.batch, work.classes, latent)
    prototypes = torch.randn(shape) if base is None else base.expand(shape)
    used = torch.randint(family["minimumClassCount"], work.classes + 1, (work.batch, 1))
    order, labels = (torch.rand(work.batch, work.classes).argsort(1) for _ in range(2))
    chosen = order.gather(1, (torch.rand(work.batch, work.examples) * used).long())
    items = prototypes.gather(1, chosen.unsqueeze(-1).expand(-1, -1, latent))
    items = items + family["spread"] * torch.randn_like(items)
    projection = torch.randn(work.batch, latent, work.inputs) / latent**0.5
    return items @ projection, labels.gather(1, chosen)


def write_tokens(work, inputs, targets):
    """`[B, T, F]`, in the prompt format."""
    shown = functional.one_hot(targets, work.classes).float() if work.classes else targets.unsqueeze(-1)
    n, d, c = work.examples, work.inputs, work.targets
    tokens = torch.zeros(work.batch, work.tokens, work.token_width)
    if work.format == "interleaved":
        tokens[:, 0::2, :d] = inputs
        tokens[:, 1::2, :c] = shown
    elif work.format == "paired":
        tokens[:, :n, :d] = inputs
        tokens[:, :n, d : d + c] = shown
        tokens[:, n:, :d] = inputs
        tokens[:, n:, -1] = 1
    else:
        tokens[:, :, :d] = inputs
        tokens[:, 1:, d:] = shown[:, :-1]
    return tokens


def make_step(work, threads, compiled):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = Transformer(work)
    settings = work.optimizer
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=settings["learningRate"], betas=(settings["firstDecay"], settings["secondDecay"]),
        eps=settings["epsilon"], weight_decay=settings["weightDecay"], fused=True)
    base = None
    if work.classes and work.family["base"] == "fixed":
        base = torch.randn(work.classes, work.family["latentDimension"])

    def loss_of(tokens, targets):
        with torch.autocast("cpu", torch.bfloat16, enabled=work.precision == "bfloat16"):
            predictions = model(tokens).float()
        if work.classes:
            return functional.cross_entropy(predictions.flatten(0, 1), targets.flatten())
        return functional.mse_loss(predictions.squeeze(-1), targets)

    if compiled:
        loss_of = torch.compile(loss_of)

    def step():
        inputs, targets = draw_classes(work, base) if work.classes else draw_regression(work)
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(write_tokens(work, inputs, targets), targets)
        loss.backward()
        if settings["maximumNorm"] is not None:
            nn.utils.clip_grad_norm_(model.parameters(), settings["maximumNorm"])
        optimizer.step()
        return loss.item()

    return step
