"""The named parts of a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload


class Feature(NamedTuple):
    """One named part of a score: its value, its weight and their product. Some hundred are made for each answer."""

    name: str
    value: float
    weight: float

    @property
    def share(self) -> float:
        return self.value * self.weight


class Features(Sequence[Feature]):
    """The named parts of a score, by their values and weights; made when they are looked at, which is seldom."""

    def __init__(self, values: Mapping[str, float], weights: Mapping[str, float]) -> None:
        self._values = values
        self._weights = weights

    @cached_property
    def _made(self) -> tuple[Feature, ...]:
        weight_of = self._weights
        return tuple([Feature(name, value, weight_of.get(name, 0.0)) for name, value in self._values.items() if value])

    @overload
    def __getitem__(self, place: int) -> Feature: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Feature]: ...

    def __getitem__(self, place: int | slice) -> Feature | Sequence[Feature]:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Features) and self._made == other._made

    def __hash__(self) -> int:
        return hash(self._made)
