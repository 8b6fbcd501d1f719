"""Reads a text left to right: tries the grammars at each word, keeps the longest, joins neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.timex.clocks import CLOCKS
from retrieval.timex.composition import compose
from retrieval.timex.counts import COUNTS
from retrieval.timex.days import DATES
from retrieval.timex.leanings import LEANINGS
from retrieval.timex.lengths import LENGTHS
from retrieval.timex.periods import PERIODS
from retrieval.timex.readings import Reading
from retrieval.timex.relations import RELATIONS
from retrieval.timex.repetitions import REPETITIONS
from retrieval.timex.rules import DIGIT, Source
from retrieval.timex.words import plain

_GRAMMARS = (DATES, PERIODS, RELATIONS, COUNTS, LEANINGS, REPETITIONS, LENGTHS, CLOCKS)
_STARTS = frozenset(word for grammar in _GRAMMARS for word in grammar.rules)
_WORD = re.compile(r"[^\W_]+")


class ReadText(NamedTuple):
    """A text and what its date expressions mean, in order and disjoint."""

    source: Source
    readings: tuple[Reading, ...]


def read(text: str) -> ReadText:
    """The date expressions of a text, before the calendar is asked."""
    source = Source(text, plain(text))
    return ReadText(source, compose(_readings(source), source))


def _readings(source: Source) -> Iterator[Reading]:
    """What the rules find, left to right, the longest match first and none inside another."""
    reached = 0
    for found in _WORD.finditer(source.plain):
        word = found[0]
        word = DIGIT if word[0].isdigit() else word
        if word not in _STARTS or found.start() < reached:
            continue
        best = max((grammar.read_at(word, found.start(), source) for grammar in _GRAMMARS), key=_reach)
        if best:
            reached = best[-1].end
            yield from best


def _reach(readings: tuple[Reading, ...]) -> int:
    return readings[-1].end if readings else 0
