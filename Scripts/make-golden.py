#!/usr/bin/env python3
"""Makes the golden fixtures of `Tests/ModelsTests/Golden` with PyTorch, independently of Manabi.

Each fixture is a small Transformer with one batch, and what double precision makes of it: predictions, loss, every
gradient, the global gradient norm, and the losses of ten AdamW steps on the same batch. Parameters, tokens and targets
are multiples of 1/1024, so they are exact in single and double precision, and in the JSON.

    python3 -m venv .venv-golden && .venv-golden/bin/pip install torch numpy
    .venv-golden/bin/python Scripts/make-golden.py

The model, with `y = x W + b` and weights stored [input, output]:

    h = tokens · readIn (+ positions)
    h = h + attention(norm(h)); h = h + feedForward(norm(h))      for each block
    predictions = readOut(norm(h)) at the prediction tokens

Heads split the d features into H contiguous groups of K = d / H. Softmax attention weighs values by
softmax(q kᵀ / √K) over the visible tokens; linear attention by q kᵀ / √K, zero where not visible, without normalisation.

Visibility: `causal` lets token t see 0...t. `paired` holds N context tokens, causal among themselves, then N query
tokens: query j sees the context tokens 0..<j, and nobody sees a query.

Loss: mean over the B·N predictions of the squared error, or of the cross-entropy with a one-hot target.

Optimiser: AdamW as torch.optim.AdamW defines it, decay on every parameter. Clipping as torch.nn.utils.clip_grad_norm_:
gradients are multiplied by min(1, limit / (norm + 1e-6)). `losses[i]` is the loss before update i.

A key bias moves all scores of a softmax row alike, so its gradient is zero but for rounding, and Adam turns rounding
into steps of full size. It changes no prediction; its final sum and norm are therefore meaningless under softmax.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "ModelsTests" / "Golden"
OPTIMIZER = dict(
    learningRate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0.01, steps=10
)

# Keys: see `configuration` in the files. Every model has width 16; `clip` is the limit of the global gradient norm.
SHARED = dict(width=16, layers=2, heads=2, attention="softmax", activation="gelu", tied=False,
              normEpsilon=1e-5, clip=None)
FIXTURES = {
    "interleaved-softmax": dict(SHARED, format="interleaved", examples=5, inputs=3, classes=None,
                                heads=1, positions="learned", clip=1.0),
    "paired-classification": dict(SHARED, format="paired", examples=6, inputs=4, classes=3,
                                  positions="none"),
    "shifted-relu": dict(SHARED, format="shifted", examples=8, inputs=3, classes=3, heads=4,
                         positions="learned", activation="relu"),
    "linear-attention": dict(SHARED, format="paired", examples=9, inputs=3, classes=None,
                             heads=1, positions="none", attention="linear"),
    "tied-blocks": dict(SHARED, format="interleaved", examples=5, inputs=3, classes=None, layers=3,
                        positions="learned", tied=True, clip=1.0),
}
EPISODES = 4


def exact(values):
    """Rounds to multiples of 1/1024: exact in float32, and at most ten decimals in text."""
    return torch.from_numpy(np.round(np.asarray(values) * 1024) / 1024)


# Episodes and prompts


def draw_episodes(generator, c):
    """Inputs [B, N, D] and targets: [B, N, 1] real numbers, or [B, N, C] one-hot rows."""
    x = exact(generator.standard_normal((EPISODES, c["examples"], c["inputs"])))
    weights = generator.standard_normal((EPISODES, c["inputs"], c["classes"] or 1))
    scores = x.numpy() @ weights
    if c["classes"] is None:
        return x, exact(scores)
    return x, F.one_hot(torch.from_numpy(scores.argmax(-1)), c["classes"]).double()


def prompt(c, x, y):
    """Tokens [B, T, F], the tokens where predictions are read [N], and what each token sees [T, T]."""
    B, N, D = x.shape
    causal = torch.tril(torch.ones(N, N, dtype=torch.bool))
    if c["format"] == "interleaved":
        tokens = torch.zeros(B, N, 2, D, dtype=torch.double)
        tokens[:, :, 0], tokens[:, :, 1, :1] = x, y
        T = 2 * N
        return tokens.reshape(B, T, D), list(range(0, T, 2)), torch.ones(T, T).tril().bool()
    if c["format"] == "shifted":
        previous = torch.cat([torch.zeros_like(y[:, :1]), y[:, :-1]], 1)
        return torch.cat([x, previous], -1), list(range(N)), causal
    flag = torch.zeros_like(x[..., :1])
    context = torch.cat([x, y, flag], -1)
    queries = torch.cat([x, torch.zeros_like(y), flag + 1], -1)
    tokens = torch.cat([context, queries], 1)
    visible = torch.zeros(2 * N, 2 * N, dtype=torch.bool)
    visible[:N, :N] = causal
    visible[N:, :N] = causal & ~torch.eye(N, dtype=torch.bool)
    return tokens, list(range(N, 2 * N)), visible


# The model


def draw_parameters(generator, c, token_count, features):
    """Parameters by name. Large enough that every path through the model carries gradient."""
    d, outputs = c["width"], c["classes"] or 1
    parameters = {}

    def dense(name, rows, columns):
        parameters[name + ".weight"] = generator.standard_normal((rows, columns)) / math.sqrt(rows)
        parameters[name + ".bias"] = 0.3 * generator.standard_normal(columns)

    def norm(name):
        parameters[name + ".scale"] = 1 + 0.3 * generator.standard_normal(d)
        parameters[name + ".shift"] = 0.3 * generator.standard_normal(d)

    dense("readIn", features, d)
    if c["positions"] == "learned":
        parameters["positions.weight"] = 0.5 * generator.standard_normal((token_count, d))
    for i in range(1 if c["tied"] else c["layers"]):
        norm(f"blocks.{i}.attentionNorm")
        for projection in ("query", "key", "value", "output"):
            dense(f"blocks.{i}.attention.{projection}", d, d)
        norm(f"blocks.{i}.feedForwardNorm")
        dense(f"blocks.{i}.feedForward.expand", d, 4 * d)
        dense(f"blocks.{i}.feedForward.contract", 4 * d, d)
    norm("norm")
    dense("readOut", d, outputs)
    return {name: exact(values).requires_grad_() for name, values in parameters.items()}


def predict(c, p, tokens, prediction_tokens, visible):
    """Predictions (numbers or logits) [B, N, C] at the prediction tokens."""
    B, T, _ = tokens.shape
    d, H = c["width"], c["heads"]

    def dense(name, x):
        return x @ p[name + ".weight"] + p[name + ".bias"]

    def norm(name, x):
        return F.layer_norm(x, (d,), p[name + ".scale"], p[name + ".shift"], c["normEpsilon"])

    def heads(x):
        return x.view(B, T, H, d // H).transpose(1, 2)

    def attention(name, x):
        q, k, v = (heads(dense(f"{name}.{s}", x)) for s in ("query", "key", "value"))
        scores = q @ k.transpose(-1, -2) / math.sqrt(d // H)
        if c["attention"] == "softmax":
            weights = scores.masked_fill(~visible, -math.inf).softmax(-1)
            weights = weights.nan_to_num(0)  # a query that sees nothing receives zeros
        else:
            weights = scores.masked_fill(~visible, 0)
        return dense(f"{name}.output", (weights @ v).transpose(1, 2).reshape(B, T, d))

    def feed_forward(name, x):
        hidden = dense(name + ".expand", x)
        hidden = F.relu(hidden) if c["activation"] == "relu" else F.gelu(hidden, approximate="tanh")
        return dense(name + ".contract", hidden)

    h = dense("readIn", tokens)
    if c["positions"] == "learned":
        h = h + p["positions.weight"]
    for layer in range(c["layers"]):
        block = f"blocks.{0 if c['tied'] else layer}"
        h = h + attention(block + ".attention", norm(block + ".attentionNorm", h))
        h = h + feed_forward(block + ".feedForward", norm(block + ".feedForwardNorm", h))
    return dense("readOut", norm("norm", h)[:, prediction_tokens])


def mean_loss(c, predictions, targets):
    if c["classes"] is None:
        return ((predictions - targets) ** 2).mean()
    return -(targets * predictions.log_softmax(-1)).sum(-1).mean()


# Reference numbers


def reference(c, parameters, batch, targets, dtype):
    """Predictions, loss, gradients, and ten AdamW losses, all computed in `dtype`."""
    tokens, prediction_tokens, visible = batch
    p = {name: value.detach().clone().to(dtype).requires_grad_() for name, value in parameters.items()}
    tokens, targets = tokens.to(dtype), targets.to(dtype)
    o = OPTIMIZER
    optimizer = torch.optim.AdamW(p.values(), lr=o["learningRate"], betas=(o["beta1"], o["beta2"]),
                                  eps=o["epsilon"], weight_decay=o["weightDecay"])
    losses, first = [], None
    for _ in range(o["steps"]):
        predictions = predict(c, p, tokens, prediction_tokens, visible)
        loss = mean_loss(c, predictions, targets)
        optimizer.zero_grad()
        loss.backward()
        if first is None:
            first = predictions.detach(), {name: value.grad.clone() for name, value in p.items()}
        if c["clip"] is not None:
            torch.nn.utils.clip_grad_norm_(p.values(), c["clip"])
        optimizer.step()
        losses.append(loss.item())
    return dict(predictions=first[0], gradients=first[1], losses=losses,
                final={name: value.detach() for name, value in p.items()})


def digits(tensor, significant=12):
    """Numbers of a tensor, flattened in row-major order."""
    return [float(f"{value:.{significant}g}") for value in tensor.flatten().tolist()]


def tensor_record(tensor):
    return dict(shape=list(tensor.shape), values=digits(tensor))


def make(index, name, c):
    generator = np.random.default_rng(20_000 + index)
    x, y = draw_episodes(generator, c)
    batch = tokens, prediction_tokens, visible = prompt(c, x, y)
    parameters = draw_parameters(generator, c, tokens.shape[1], tokens.shape[2])
    result = reference(c, parameters, batch, y, torch.float64)
    single = reference(c, parameters, batch, y, torch.float32)
    gradients, final = result["gradients"], result["final"]
    norm = math.sqrt(sum((g**2).sum().item() for g in gradients.values()))
    configuration = {key: value for key, value in c.items() if key != "clip"}
    configuration.update(
        features=tokens.shape[2], outputs=y.shape[2], tokens=tokens.shape[1],
        visibility="paired" if c["format"] == "paired" else "causal",
        loss="meanSquaredError" if c["classes"] is None else "crossEntropy")
    record = dict(
        name=name,
        configuration=configuration,
        optimizer=dict(OPTIMIZER, clip=c["clip"], clipEpsilon=1e-6),
        tokens=tensor_record(tokens),
        targets=tensor_record(y),
        predictionTokens=prediction_tokens,
        predictions=tensor_record(result["predictions"]),
        loss=result["losses"][0],
        losses=result["losses"],
        gradientNorm=norm,
        parameters=[
            dict(name=key, shape=list(value.shape), values=digits(value),
                 gradient=digits(gradients[key], 10),
                 finalSum=final[key].sum().item(), finalNorm=final[key].norm().item())
            for key, value in parameters.items()
        ],
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(record, separators=(",", ":"), allow_nan=False) + "\n")
    report(path, result, single, norm)


def report(path, result, single, norm):
    """Says how far single precision is from double, which is what a tolerance has to allow."""
    def worst(key):
        pairs = [(result[key][k], single[key][k].double()) for k in result[key]]
        return max((a - b).abs().max().item() / norm for a, b in pairs)

    losses = max(abs(a - b) / a for a, b in zip(result["losses"], single["losses"]))
    values = (result["predictions"] - single["predictions"].double()).abs().max().item()
    print(f"{path.name:30} {path.stat().st_size // 1000:4} kB  gradient norm {norm:8.3f}  "
          f"losses {result['losses'][0]:.4f} → {result['losses'][-1]:.4f}  float32 is off by: "
          f"predictions {values:.1e}, gradients/norm {worst('gradients'):.1e}, losses {losses:.1e}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for index, (name, configuration) in enumerate(FIXTURES.items()):
        make(index, name, configuration)
