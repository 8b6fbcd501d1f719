"""The type of a question in Li and Roth's taxonomy, guessed by a linear model whose numbers are a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from bot.answering.question.type_features import features
from retrieval.models import MentionKind as Mentions
from retrieval.models import Record

NUMBERS = "question_types.json"
UNIT = 100
"""Weights are kept as whole hundredths."""

Weighing = Mapping[str, tuple[tuple[int, int], ...]]


class TypeGuess(Record):
    """The likeliest type: its coarse part (``HUM``), the whole (``HUM:ind``), and how sure the guess is.

    ``margin`` is the distance of the best score to that of the best type with another coarse part. By
    cross-validation the coarse part is right 6 times in 10 below 0.5, 9.5 times from 1 on, nearly always from 1.5 on.
    """

    coarse: str
    fine: str
    margin: float


class TypeModel:
    """Scores each type by the sum of its features' weights; all numbers are hundredths."""

    def __init__(self, labels: Sequence[str], bias: Sequence[int], weights: Weighing) -> None:
        """``weights`` gives for each feature pairs of a label's place in ``labels`` and its weight."""
        self.labels = tuple(labels)
        self.bias = tuple(bias)
        self.weights = weights
        self._coarse = tuple(label.split(":")[0] for label in labels)

    def guess(self, named: Iterable[str]) -> TypeGuess:
        """The type with the best score; equal scores go to the label that comes first."""
        scores = list(self.bias)
        for feature in named:
            for label, weight in self.weights.get(feature, ()):
                scores[label] += weight
        best = max(range(len(scores)), key=scores.__getitem__)
        coarse = self._coarse[best]
        rival = max((score for score, other in zip(scores, self._coarse, strict=True) if other != coarse), default=0)
        return TypeGuess(coarse=coarse, fine=self.labels[best], margin=(scores[best] - rival) / UNIT)


def question_type(text: str) -> TypeGuess:
    """The type of a question, whatever its case or accents; a text without words gets the commonest type's bias."""
    return model().guess(features(text))


@cache
def model() -> TypeModel:
    """The model of ``question_types.json``, read once; the file says where its numbers come from."""
    return parse(files("bot.answering.question").joinpath(NUMBERS).read_text(encoding="utf-8"))


def parse(written: str) -> TypeModel:
    """The model of a numbers file's text: ``weights`` lists label place and weight in turn for each feature."""
    table = json.loads(written)
    weights = {name: tuple(zip(row[::2], row[1::2], strict=True)) for name, row in table["weights"].items()}
    return TypeModel(table["labels"], table["bias"], weights)


def wanted_kinds(guess: TypeGuess) -> tuple[Mentions, ...]:
    """The kinds of mention that can answer a question of this type, best first; none where any words may."""
    return _WANTED.get(guess.fine, ())


_MEASURE = (Mentions.NUMBER,)
_WANTED: Mapping[str, tuple[Mentions, ...]] = {
    "HUM:ind": (Mentions.PERSON, Mentions.ORGANISATION, Mentions.NATIONALITY),
    "HUM:gr": (Mentions.ORGANISATION, Mentions.NATIONALITY, Mentions.PERSON),
    "LOC:city": (Mentions.PLACE,),
    "LOC:country": (Mentions.PLACE, Mentions.NATIONALITY),
    "LOC:state": (Mentions.PLACE,),
    "LOC:mount": (Mentions.PLACE,),
    "LOC:other": (Mentions.PLACE, Mentions.ORGANISATION),
    "NUM:date": (Mentions.DATE, Mentions.TIME),
    "NUM:period": (Mentions.DURATION, Mentions.NUMBER),
    "NUM:count": (Mentions.NUMBER,),
    "NUM:money": (Mentions.MONEY, Mentions.NUMBER),
    "NUM:perc": (Mentions.PERCENT, Mentions.NUMBER),
    "NUM:code": _MEASURE,
    "NUM:dist": _MEASURE,
    "NUM:ord": _MEASURE,
    "NUM:other": (Mentions.NUMBER, Mentions.PERCENT, Mentions.MONEY),
    "NUM:speed": _MEASURE,
    "NUM:temp": _MEASURE,
    "NUM:volsize": _MEASURE,
    "NUM:weight": _MEASURE,
    "ENTY:lang": (Mentions.NATIONALITY,),
    "ENTY:religion": (Mentions.NATIONALITY,),
}
