#!/usr/bin/env python3
"""Simulates, with NumPy alone, what known learners reach where no closed form says it.

The numbers are those that `manabi reproduce T0` compares with ours. Needs numpy; takes a few minutes.
"""

import math

import numpy as np

RNG = np.random.default_rng(0)
BLOCK = 1000


def three_neighbors(count, dimension=20, blocks=100):
    """Squared error of the mean of three neighbours after `count` examples, zero predictor = 1."""
    errors = []
    for _ in range(blocks):
        inputs = RNG.normal(size=(BLOCK, count, dimension))
        weights = RNG.normal(size=(BLOCK, dimension))
        queries = RNG.normal(size=(BLOCK, dimension))
        targets = np.einsum("bkd,bd->bk", inputs, weights)
        nearest = np.argsort(((inputs - queries[:, None]) ** 2).sum(2), 1)[:, :3]
        found = np.take_along_axis(targets, nearest, 1).mean(1)
        errors.append((found - (queries * weights).sum(1)) ** 2)
    errors = np.concatenate(errors) / dimension
    return errors.mean(), errors.std() / len(errors) ** 0.5


PHI = np.vectorize(lambda x: 0.5 * (1 + math.erf(x / 2 ** 0.5)))


def log_predictive(query, mean, size):
    """log p(query | examples) of a class whose centre is uniform in (-1, 1), summed over coordinates.

    `mean` and `size` are of the examples of the class; the centre's posterior is a normal law cut off at -1 and 1.
    """
    size = size[:, None]
    precision = size + 1.0
    center = (query + size * mean) / precision
    width = PHI((1 - center) * precision ** 0.5) - PHI((-1 - center) * precision ** 0.5)
    known = np.maximum(size, 1)
    norm = np.where(
        size > 0, PHI((1 - mean) * known ** 0.5) - PHI((-1 - mean) * known ** 0.5), 2.0)
    normal = np.exp(-(query - mean) ** 2 / 2 * known / (known + 1)) * (known / (known + 1)) ** 0.5
    density = np.where(size > 0, normal, 1.0) * width / norm
    return np.log(np.maximum(density, 1e-300)).sum(1)


def gaussian_classes(classes, dimension=16, count=31, blocks=40):
    """Accuracies of Bayes, the nearest mean and the nearest example after `count` examples."""
    bayes, means, neighbors = [], [], []
    for _ in range(blocks):
        centers = RNG.uniform(-1, 1, size=(BLOCK, classes, dimension))
        labels = RNG.integers(classes, size=(BLOCK, count + 1))
        items = np.take_along_axis(centers, labels[:, :, None], 1)
        items = items + RNG.normal(size=items.shape)
        context, query, truth = items[:, :-1], items[:, -1:], labels[:, -1]
        distances = np.full((BLOCK, classes), np.inf)
        densities = np.zeros((BLOCK, classes))
        for label in range(classes):
            is_own = labels[:, :-1] == label
            sizes = is_own.sum(1)
            own = (context * is_own[:, :, None]).sum(1) / np.maximum(sizes, 1)[:, None]
            squares = ((own - query[:, 0]) ** 2).sum(1)
            densities[:, label] = log_predictive(query[:, 0], own, sizes)
            distances[:, label] = np.where(sizes > 0, squares, np.inf)
        bayes.append(densities.argmax(1) == truth)
        means.append(distances.argmin(1) == truth)
        nearest = ((context - query) ** 2).sum(2).argmin(1)
        neighbors.append(np.take_along_axis(labels, nearest[:, None], 1)[:, 0] == truth)
    results = [np.concatenate(part) for part in (bayes, means, neighbors)]
    return [(hits.mean(), hits.std() / len(hits) ** 0.5) for hits in results]


for count in (5, 10, 20, 40):
    print("three neighbours, d 20, k %d: %.4f ± %.4f" % (count, *three_neighbors(count)))
for classes in (2, 4, 8):
    bayes, mean, neighbor = gaussian_classes(classes)
    print("%d Gaussian classes: Bayes %.4f ± %.4f, nearest mean %.4f ± %.4f, nearest example %.4f ± %.4f"
          % (classes, *bayes, *mean, *neighbor))
