#!/usr/bin/env python3
"""Times the meta-training step of `manabi bench step` in PyTorch or JAX, on the CPU.

    peers.py torch|torch-compile|jax WORKLOAD [--threads 2] [--dtype float32|bfloat16] [--steps 20]

One step: draw B linear-regression tasks (weights and inputs from N(0, I), targets y = w · x), interleave inputs and targets as
2N causal tokens, run a pre-norm Transformer with learned positions and tanh-GELU, take the mean squared error at the input
tokens, differentiate, and update with AdamW. Prints one JSON line.

With `--serve` it warms up, prints a line, and then times a burst of steps for each number read from standard input, so that
several engines can take turns on one machine without compiling anew.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time
from typing import NamedTuple


class Workload(NamedTuple):
    inputs: int  # D
    examples: int  # N
    width: int  # d
    layers: int
    heads: int
    batch: int  # B

    @property
    def tokens(self):
        return 2 * self.examples

    @property
    def operations(self):
        """Useful floating-point operations: 6 per weight and token, and the causal half of attention, three times over."""
        d, tokens = self.width, self.tokens
        weights = 12 * self.layers * d * d + self.inputs * d
        pairs = tokens * (tokens + 1) / 2
        return self.batch * (6 * weights * tokens + 12 * self.layers * d * pairs)


WORKLOADS = {
    "d64-t22": Workload(inputs=5, examples=11, width=64, layers=3, heads=2, batch=64),
    "d64": Workload(inputs=20, examples=41, width=64, layers=3, heads=2, batch=64),
    "d128": Workload(inputs=20, examples=41, width=128, layers=6, heads=4, batch=64),
    "d256": Workload(inputs=20, examples=41, width=256, layers=12, heads=8, batch=64),
}
LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY = 1e-4, 0.9, 0.999, 1e-8, 0.01


def make_torch_step(work, dtype, threads, compiled):
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(threads)
    torch.manual_seed(0)

    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.project = nn.Linear(work.width, 3 * work.width)
            self.output = nn.Linear(work.width, work.width)

        def forward(self, x):
            rows = self.project(x).unflatten(-1, (3, work.heads, -1)).permute(2, 0, 3, 1, 4)
            mixed = functional.scaled_dot_product_attention(*rows, is_causal=True)
            return self.output(mixed.transpose(1, 2).flatten(2))

    def feed_forward():
        return nn.Sequential(nn.Linear(work.width, 4 * work.width), nn.GELU(approximate="tanh"),
                             nn.Linear(4 * work.width, work.width))

    class Transformer(nn.Module):
        def __init__(self):
            super().__init__()
            self.read_in = nn.Linear(work.inputs, work.width)
            self.positions = nn.Parameter(0.02 * torch.randn(work.tokens, work.width))
            self.attentions = nn.ModuleList(Attention() for _ in range(work.layers))
            self.feed_forwards = nn.ModuleList(feed_forward() for _ in range(work.layers))
            self.norms = nn.ModuleList(nn.LayerNorm(work.width) for _ in range(2 * work.layers + 1))
            self.read_out = nn.Linear(work.width, 1)

        def forward(self, tokens):
            h = self.read_in(tokens) + self.positions
            for layer, (attention, feed_forward) in enumerate(zip(self.attentions, self.feed_forwards)):
                h = h + attention(self.norms[2 * layer](h))
                h = h + feed_forward(self.norms[2 * layer + 1](h))
            return self.read_out(self.norms[-1](h)).squeeze(-1)

    model = Transformer()
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPSILON,
                                  weight_decay=WEIGHT_DECAY, fused=True)

    def loss_of(tokens, targets):
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype == "bfloat16"):
            predictions = model(tokens)[:, 0::2].float()
        return functional.mse_loss(predictions, targets)

    if compiled:
        loss_of = torch.compile(loss_of)

    def step():
        inputs = torch.randn(work.batch, work.examples, work.inputs)
        targets = (inputs @ torch.randn(work.batch, work.inputs, 1)).squeeze(-1)
        tokens = torch.zeros(work.batch, work.tokens, work.inputs)
        tokens[:, 0::2] = inputs
        tokens[:, 1::2, 0] = targets
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(tokens, targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def make_jax_step(work, dtype):
    import functools

    import jax
    import jax.numpy as jnp

    compute = jnp.bfloat16 if dtype == "bfloat16" else jnp.float32
    seeds = iter(jax.random.split(jax.random.key(0), 4 * work.layers + 3))
    head = work.width // work.heads
    visible = jnp.tril(jnp.ones((work.tokens, work.tokens), bool))

    def dense(rows, columns):
        return {"weight": 0.02 * jax.random.normal(next(seeds), (rows, columns)), "bias": jnp.zeros(columns)}

    def norm():
        return {"scale": jnp.ones(work.width), "shift": jnp.zeros(work.width)}

    def block():
        d = work.width
        return {"first": norm(), "project": dense(d, 3 * d), "output": dense(d, d),
                "second": norm(), "expand": dense(d, 4 * d), "contract": dense(4 * d, d)}

    parameters = {
        "read_in": dense(work.inputs, work.width),
        "positions": 0.02 * jax.random.normal(next(seeds), (work.tokens, work.width)),
        "blocks": [block() for _ in range(work.layers)],
        "norm": norm(),
        "read_out": dense(work.width, 1),
    }

    def linear(p, x):
        return (x.astype(compute) @ p["weight"].astype(compute)).astype(jnp.float32) + p["bias"]

    def normalise(p, x):
        centred = x - x.mean(-1, keepdims=True)
        variance = jnp.square(centred).mean(-1, keepdims=True)
        return centred * jax.lax.rsqrt(variance + 1e-5) * p["scale"] + p["shift"]

    def attend(p, x):
        def heads(rows):
            return rows.reshape(work.batch, work.tokens, work.heads, head).swapaxes(1, 2).astype(compute)

        q, k, v = map(heads, jnp.split(linear(p["project"], x), 3, axis=-1))
        scores = (q @ k.swapaxes(2, 3)).astype(jnp.float32) / math.sqrt(head)
        weights = jax.nn.softmax(jnp.where(visible, scores, -1e30), axis=-1)
        mixed = (weights.astype(compute) @ v).swapaxes(1, 2).reshape(x.shape)
        return linear(p["output"], mixed)

    def predict(p, tokens):
        h = linear(p["read_in"], tokens) + p["positions"]
        for b in p["blocks"]:
            h = h + attend(b, normalise(b["first"], h))
            hidden = jax.nn.gelu(linear(b["expand"], normalise(b["second"], h)), approximate=True)
            h = h + linear(b["contract"], hidden)
        return linear(p["read_out"], normalise(p["norm"], h))[..., 0]

    def loss_of(p, tokens, targets):
        return jnp.square(predict(p, tokens)[:, 0::2] - targets).mean()

    @functools.partial(jax.jit, donate_argnums=0)
    def update(state, count):
        p, mean, square = state
        first, second = jax.random.split(jax.random.fold_in(jax.random.key(1), count))
        inputs = jax.random.normal(first, (work.batch, work.examples, work.inputs))
        weights = jax.random.normal(second, (work.batch, work.inputs, 1))
        targets = (inputs @ weights)[..., 0]
        tokens = jnp.zeros((work.batch, work.tokens, work.inputs))
        tokens = tokens.at[:, 0::2].set(inputs).at[:, 1::2, 0].set(targets)
        loss, gradient = jax.value_and_grad(loss_of)(p, tokens, targets)
        mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, mean, gradient)
        square = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, square, gradient)
        mean_scale, square_scale = 1 / (1 - BETA1**count), 1 / (1 - BETA2**count)

        def move(x, m, v):
            direction = m * mean_scale / (jnp.sqrt(v * square_scale) + EPSILON)
            return x - LEARNING_RATE * (direction + WEIGHT_DECAY * x)

        return (jax.tree.map(move, p, mean, square), mean, square), loss

    zeros = functools.partial(jax.tree.map, jnp.zeros_like)
    state, count = (parameters, zeros(parameters), zeros(parameters)), 0

    def step():
        nonlocal state, count
        count += 1
        state, loss = update(state, count)
        return float(loss)

    return step


def milliseconds(step, count):
    """The median time of a step."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=["torch", "torch-compile", "jax"])
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    work = WORKLOADS[arguments.workload]
    # JAX sizes its thread pool by the cores that it may use, so the process keeps to that many.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: arguments.threads])
    if arguments.peer == "jax":
        step = make_jax_step(work, arguments.dtype)
    else:
        step = make_torch_step(work, arguments.dtype, arguments.threads, arguments.peer == "torch-compile")

    def report(count):
        time_of_step = milliseconds(step, count)
        print(json.dumps(dict(peer=arguments.peer, workload=arguments.workload, dtype=arguments.dtype,
                              milliseconds=round(time_of_step, 3),
                              gflops=round(work.operations / time_of_step * 1e-6, 1))), flush=True)

    for _ in range(3):
        step()
    if arguments.serve:
        print("ready", flush=True)
        for line in sys.stdin:
            report(int(line))
    else:
        report(arguments.steps)


if __name__ == "__main__":
    main()
