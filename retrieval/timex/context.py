"""The dates that a text has named so far, from which later ones are counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.models import DateRange, MentionKind
from retrieval.timex.disambiguation import length_of
from retrieval.timex.expressions import Clock, DateReading, Origin, Relative
from retrieval.timex.values import days_of

_REACH = {"day": 1, "week": 7, "fortnight": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
_CENTURY = 36525  # days
_PART_OF_A_YEAR = re.compile(r"\d{4}-(?!W)[^/]*$")
_BESIDE = 600  # characters from a day to a time of that day: a paragraph of news
_ROW = re.compile(r" (?:and|or|to|through|thru|until|till|-) | ?- ?|, ")


class DatedMention(NamedTuple):
    """A date that the text has named, with where it ends."""

    end: int
    value: str
    days: DateRange


class DateContext:
    """The dates of a text in the order in which it names them."""

    def __init__(self, plain_text: str) -> None:
        self.plain_text = plain_text
        self.dates: list[DatedMention] = []

    def remember(self, reading: DateReading, value: str | None) -> None:
        """Remembers a date that later ones may be counted from."""
        days = days_of(value) if value is not None and _can_be_counted_from(reading) else None
        if value is not None and days is not None:
            self.dates.append(DatedMention(reading.end, value, days))

    def latest(self, unit: str) -> DatedMention | None:
        """The latest date that is fine enough to count such units from."""
        reach = _REACH.get(unit, _CENTURY)
        return next((earlier for earlier in reversed(self.dates) if length_of(earlier.days) <= reach), None)

    def latest_part_of_a_year(self) -> DatedMention | None:
        """The latest month, quarter or day, with the year in front of its value."""
        return next((earlier for earlier in reversed(self.dates) if _PART_OF_A_YEAR.match(earlier.value)), None)

    def day_near(self, reading: DateReading) -> DatedMention | None:
        """The day named shortly before a reading, in the same paragraph."""
        earlier = self.latest("day")
        if earlier is None or reading.start - earlier.end > _BESIDE:
            return None
        return None if "\n\n" in self.plain_text[earlier.end : reading.start] else earlier

    def row_before(self, reading: DateReading) -> DatedMention | None:
        """The day just before a reading in a row of days: Monday and Tuesday, Monday through Friday."""
        earlier = self.dates[-1] if self.dates else None
        if earlier is None or length_of(earlier.days) > 1:
            return None
        return earlier if _ROW.fullmatch(self.plain_text, earlier.end, reading.start) else None


def _can_be_counted_from(reading: DateReading) -> bool:
    """Whether later dates may be counted from this one: a date, or a time whose own words name its day.

    A year earlier is a comparison that leads nowhere: what follows is counted from what it was compared with."""
    match reading.meaning:
        case Relative(unit, count, origin) if origin is not Origin.ARTICLE and count < 0:
            return unit != "year" and not unit.startswith("same ")
    return reading.kind is MentionKind.DATE or (isinstance(reading.meaning, Clock) and reading.meaning.day is not None)
