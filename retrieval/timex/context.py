"""What a text has told so far: the dates that later ones are counted from."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.models import DateRange, MentionKind
from retrieval.timex.disambiguation import length_of
from retrieval.timex.expressions import Clock, DateReading, Origin, Relative
from retrieval.timex.values import days_of

_REACH = {"day": 1, "week": 7, "fortnight": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
_CENTURY = 36525
_BESIDE = 600
_ROW = re.compile(r" (?:and|or|to|through|thru|until|till|-) | ?- ?|, ")


class DatedMention(NamedTuple):
    """A date that the text has told."""

    end: int
    value: str
    days: DateRange


class DateContext:
    """The dates of a text in the order it tells them."""

    def __init__(self, plain_text: str) -> None:
        self.plain_text = plain_text
        self.told: list[DatedMention] = []

    def keep(self, reading: DateReading, value: str | None) -> None:
        """Remembers a date that later ones may be counted from."""
        days = days_of(value) if value is not None and _can_be_counted_from(reading) else None
        if value is not None and days is not None:
            self.told.append(DatedMention(reading.end, value, days))

    def latest(self, unit: str) -> DatedMention | None:
        """The latest date that is fine enough to count such units from."""
        reach = _REACH.get(unit, _CENTURY)
        return next((told for told in reversed(self.told) if length_of(told.days) <= reach), None)

    def latest_part_of_a_year(self) -> DatedMention | None:
        """The latest month, quarter or day, with the year in front of its value."""
        return next((told for told in reversed(self.told) if re.match(r"\d{4}-(?!W)[^/]*$", told.value)), None)

    def beside(self, reading: DateReading) -> DatedMention | None:
        """The day told shortly before a reading, in the same paragraph."""
        told = self.latest("day")
        if told is None or reading.start - told.end > _BESIDE:
            return None
        return None if "\n\n" in self.plain_text[told.end : reading.start] else told

    def row_before(self, reading: DateReading) -> DatedMention | None:
        """The day just before a reading in a row of days: Monday and Tuesday, Monday through Friday."""
        told = self.told[-1] if self.told else None
        if told is None or length_of(told.days) > 1:
            return None
        return told if _ROW.fullmatch(self.plain_text, told.end, reading.start) else None


def _can_be_counted_from(reading: DateReading) -> bool:
    """Whether later dates may be counted from this one: a date, or a time whose own words name its day.

    A year earlier is a comparison that leads nowhere: what follows is counted from what it was compared with."""
    match reading.meaning:
        case Relative(unit, count, origin) if origin is not Origin.ARTICLE and count < 0:
            return unit != "year" and not unit.startswith("same ")
    return reading.kind is MentionKind.DATE or (isinstance(reading.meaning, Clock) and reading.meaning.day is not None)
