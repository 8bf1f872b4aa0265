"""What a step computes, read from the description that `manabi bench step --describe` prints."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    batch: int  # B
    examples: int  # N
    inputs: int  # D
    classes: int  # C, or 0 for real targets
    family: dict
    format: str  # interleaved, paired or shifted
    width: int  # d
    layers: int
    heads: int
    expansion: int
    activation: str
    linear_attention: bool
    learned_positions: bool
    optimizer: dict
    precision: str

    @classmethod
    def of(cls, description):
        """Raises ValueError for what the peers do not compute."""
        experiment = description["experiment"]
        family, model = experiment["family"], experiment["model"]
        if model["sharesLayers"] or family["kind"] not in ("linearRegression", "prototypeClassification"):
            raise ValueError("the peers compute neither shared layers nor tasks other than linear regression and prototypes")
        classifies = family["kind"] == "prototypeClassification"
        return cls(
            batch=experiment["batchSize"], examples=family["exampleCount"],
            inputs=family["inputDimension" if classifies else "dimension"],
            classes=family["classCount"] if classifies else 0, family=family, format=experiment["format"],
            width=model["width"], layers=model["layers"], heads=model["heads"], expansion=model["expansion"],
            activation=model["activation"], linear_attention=model["attention"] == "linear",
            learned_positions=model["positions"] == "learned", optimizer=experiment["optimizer"],
            precision=experiment["precision"])

    @property
    def tokens(self):
        """T"""
        return self.examples if self.format == "shifted" else 2 * self.examples

    @property
    def targets(self):
        """The numbers of a target within a token, and of a prediction."""
        return self.classes or 1

    @property
    def token_width(self):
        """F"""
        return {
            "interleaved": max(self.inputs, self.targets),
            "paired": self.inputs + self.targets + 1,
            "shifted": self.inputs + self.targets,
        }[self.format]

    @property
    def visible(self):
        """`[T, keys]`: whether a token sees a key. Nobody attends to the queries of the paired format."""
        n = self.examples
        if self.format == "paired":
            prefixes = [*range(1, n + 1), *range(n)]
        else:
            prefixes = range(1, self.tokens + 1)
        return [[key < prefix for key in range(max(prefixes))] for prefix in prefixes]

    @property
    def attention_scale(self):
        return 1 / math.sqrt(self.width // self.heads)

    @property
    def predictions(self):
        """The slice of tokens at which predictions are read."""
        return {
            "interleaved": slice(0, None, 2),
            "paired": slice(self.examples, None),
            "shifted": slice(None),
        }[self.format]
