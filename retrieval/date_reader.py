"""Reads a text left to right: tries the grammars at each word, keeps the longest, joins neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.date_clocks import CLOCKS
from retrieval.date_composition import compose
from retrieval.date_expressions import DATES
from retrieval.date_lengths import LENGTHS
from retrieval.date_periods import PERIODS
from retrieval.date_readings import Reading
from retrieval.date_relations import RELATIONS
from retrieval.date_rules import DIGIT, Source
from retrieval.date_words import plain

_GRAMMARS = (DATES, PERIODS, RELATIONS, LENGTHS, CLOCKS)
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
