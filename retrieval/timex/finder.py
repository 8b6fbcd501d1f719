"""Date expressions with their calendar values, and the day an article speaks from: the front of the date rooms.

Rules find the expressions (timex.reader and the grammars it names), neighbours are joined (timex.composition), and
each is given its TIMEX3 value in the order of the text (timex.resolution).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from retrieval.models import Mention, Published
from retrieval.timex.normaliser import DateNormaliser
from retrieval.timex.parser import parse_dates
from retrieval.timex.publication_date import infer_publication, stated_date_line
from retrieval.timex.values import days_of


def find_dates(text: str, published: date | None) -> tuple[Mention, ...]:
    """The dates, times, durations and repetitions of a text, in order and disjoint, with TIMEX3 values.

    Relative ones are counted from ``published`` (else from a date line at the head of the text), or from the date
    before them where their words say so; without either they have no value, or one with XXXX for the year."""
    source, readings = parse_dates(text)
    resolver = DateNormaliser(source, published or stated_date_line(source, readings), readings)
    return tuple(resolver.mention(reading) for reading in readings)


def infer_published(text: str, dated: Sequence[date]) -> Published | None:
    """The day an article that names none speaks from: its latest past date; None where that would be a guess.

    Its year is the text's own, else that of the day in ``dated`` (the days of the other articles) nearest to it."""
    source, readings = parse_dates(text)
    return infer_publication(source, readings, dated)


__all__ = ["days_of", "find_dates", "infer_published"]
