"""The named parts of a score."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple, overload


class ScoreFeature(NamedTuple):
    """One named part of a score: its value, its weight and their product; some hundred are made for each answer."""

    name: str
    value: float
    weight: float

    @property
    def share(self) -> float:
        """What the feature adds to the score."""
        return self.value * self.weight


class ScoreFeatures(Sequence[ScoreFeature]):
    """The named parts of a score, by their values and weights; made when they are read, which is rare."""

    def __init__(self, values: Mapping[str, float], weights: Mapping[str, float]) -> None:
        self.values = values
        self._weights = weights

    @cached_property
    def _made(self) -> tuple[ScoreFeature, ...]:
        weight_of = self._weights
        return tuple(
            [ScoreFeature(name, value, weight_of.get(name, 0.0)) for name, value in self.values.items() if value]
        )

    @overload
    def __getitem__(self, place: int) -> ScoreFeature: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[ScoreFeature]: ...

    def __getitem__(self, place: int | slice) -> ScoreFeature | Sequence[ScoreFeature]:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScoreFeatures) and self._made == other._made

    def __hash__(self) -> int:
        return hash(self._made)


NO_FEATURES = ScoreFeatures({}, {})
"""No features, for what is not scored."""


def weight_table(name: str) -> Mapping[str, float]:
    """The numbers of a table of ``weights.toml``; the file says where they come from. Raises KeyError for no table."""
    return _tables()[name]


def fitted_digest() -> str:
    """The digest of the extractive reader that the weights were fitted for."""
    return str(_file()["fusion"]["digest"])


@cache
def _tables() -> Mapping[str, Mapping[str, float]]:
    return {
        name: {key: float(value) for key, value in table.items() if not isinstance(value, str)}
        for name, table in _file().items()
    }


@cache
def _file() -> Mapping[str, Mapping[str, float | str]]:
    return tomllib.loads(files("bot.answering").joinpath("weights.toml").read_text(encoding="utf-8"))
