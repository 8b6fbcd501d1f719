"""Readings in the order of the text -> mentions with calendar values and how each derived value came about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from retrieval.models import Mention, Span
from retrieval.timex.context import DateContext, DatedMention
from retrieval.timex.disambiguation import (
    agreed_order,
    nearer_order,
    orders_of,
    same_either_way,
    weekday_near,
    year_of,
)
from retrieval.timex.expressions import (
    Annual,
    Clock,
    DateReading,
    DurationExpression,
    Fixed,
    Meaning,
    Numeric,
    Origin,
    Relative,
    Stepped,
    Weekday,
)
from retrieval.timex.grammar import SourceText
from retrieval.timex.tense import Tense, tense_at
from retrieval.timex.values import day_in_words, days_of, in_year, open_value, shift_day, value_in_words, value_of
from retrieval.timex.vocabulary import WEEKDAY_NAMES

_FRIDAY = 5  # ISO weekday
_MONTH = re.compile(r"(?:\d{4}|XXXX)-\d\d")
_AND = re.compile(r" (?:and|or|to|through|until) ")
_YEAR = 366  # days; a leap year


class NormalisedValue(NamedTuple):
    """A calendar value and how it was derived; no derivation where the text states it in full."""

    value: str | None
    how: str | None = None


_NOTHING = NormalisedValue(None)


class DateNormaliser:
    """Turns the readings of one text into mentions, remembering the dates it has passed."""

    def __init__(self, source: SourceText, published: date | None, readings: Sequence[DateReading]) -> None:
        self.source = source
        self.published = published
        self.context = DateContext(source.plain)
        self.numeric_order = agreed_order(readings)
        self.weekday_tenses = self._clear_weekdays(readings)

    def mention(self, reading: DateReading) -> Mention:
        value, how = self._value(reading.meaning, reading)
        self.context.remember(reading, value)
        span = Span(start=reading.start, end=reading.end)
        return Mention(span=span, kind=reading.kind, value=value, detail=reading.detail, how=how)

    def _value(self, meaning: Meaning, reading: DateReading) -> NormalisedValue:
        match meaning:
            case Fixed() | DurationExpression():
                return NormalisedValue(meaning.value)
            case Annual():
                return self._annual(meaning, reading)
            case Weekday():
                return self._weekday(meaning, reading)
            case Relative():
                return self._relative(meaning, reading)
            case Clock():
                return self._clock(meaning, reading)
        return self._uncommon(meaning, reading)

    def _uncommon(self, meaning: Meaning, reading: DateReading) -> NormalisedValue:
        match meaning:
            case Stepped():
                return self._stepped(meaning, self._value(meaning.base, reading))
            case Numeric():
                return self._numeric(meaning)
        return _NOTHING

    # days of the year

    def _annual(self, annual: Annual, reading: DateReading) -> NormalisedValue:
        if isinstance(annual.year, int):
            return NormalisedValue(in_year(annual.form, annual.year))
        if isinstance(annual.year, Relative):
            return self._annual_in(annual, self._value(annual.year, reading))
        if self.published is None:
            return NormalisedValue(open_value(annual.form))
        year = self._year_of_row(annual, reading) or self._year_near(annual, reading, self.published)
        return NormalisedValue(in_year(annual.form, year), self._how_annual(annual, year)) if year else _NOTHING

    def _year_near(self, annual: Annual, reading: DateReading, published: date) -> int | None:
        return year_of(annual, published, tense_at(self.source.plain, reading.start, reading.end))

    def _year_of_row(self, annual: Annual, reading: DateReading) -> int | None:
        """The year that a month in a row of months shares with the one before it, or the year after that."""
        earlier = self.context.dates[-1] if self.context.dates else None
        if earlier is None or annual.which or not _MONTH.fullmatch(annual.form) or not _MONTH.fullmatch(earlier.value):
            return None
        if not _AND.fullmatch(self.source.plain, earlier.end, reading.start):
            return None
        year, month = map(int, earlier.value.split("-"))
        return year + (annual.month <= month)

    def _annual_in(self, annual: Annual, year: NormalisedValue) -> NormalisedValue:
        if year.value is None or not year.value.isdecimal():
            return NormalisedValue(open_value(annual.form))
        return NormalisedValue(in_year(annual.form, int(year.value)), year.how)

    def _how_annual(self, annual: Annual, year: int) -> str:
        assert self.published is not None
        if year == self.published.year:
            return "the year of the article"
        side = "before" if year < self.published.year else "after"
        return f"{annual.name} {side} the article of {value_in_words(value_of(self.published, 'month'))}"

    # days of the week

    def _clear_weekdays(self, readings: Sequence[DateReading]) -> dict[int, Tense]:
        """The tense of each weekday where the text makes it plain, for the headlines that do not."""
        tenses: dict[int, Tense] = {}
        for reading in readings:
            if isinstance(reading.meaning, Weekday):
                tense = tense_at(self.source.plain, reading.start, reading.end)
                if tense is not Tense.UNKNOWN:
                    tenses.setdefault(reading.meaning.number, tense)
        return tenses

    def _weekday(self, weekday: Weekday, reading: DateReading) -> NormalisedValue:
        if weekday.week is not None:
            return self._weekday_of(weekday, self._value(weekday.week, reading))
        if weekday.from_text and (earlier := self.context.latest("day")) is not None and earlier.days.first is not None:
            return self._on(weekday_near(earlier.days.first, weekday.number, ahead=weekday.which > 0, strictly=True))
        if self.published is None:
            return NormalisedValue(f"XXXX-WXX-{weekday.number}")
        before = self.context.row_before(reading)
        if before is not None and before.days.first is not None and not weekday.which:
            return self._on(weekday_near(before.days.first, weekday.number, ahead=True, strictly=True))
        tense = tense_at(self.source.plain, reading.start, reading.end)
        ahead = weekday.which or tense or self.weekday_tenses.get(weekday.number, weekday.usual)
        return self._on(weekday_near(self.published, weekday.number, ahead=ahead > 0, strictly=weekday.which != 0))

    def _on(self, day: date | None) -> NormalisedValue:
        """A weekday's date, described by the side of the article's day that it lies on."""
        if day is None or self.published is None:
            return _NOTHING
        name = WEEKDAY_NAMES[day.isoweekday() - 1]
        if day == self.published:
            return NormalisedValue(day.isoformat(), f"the day of the article, a {name}")
        side = "after" if day > self.published else "before"
        return NormalisedValue(day.isoformat(), f"the {name} {side} {day_in_words(self.published)}")

    def _weekday_of(self, weekday: Weekday, week: NormalisedValue) -> NormalisedValue:
        days = days_of(week.value) if week.value else None
        if days is None or days.first is None:
            return NormalisedValue(f"XXXX-WXX-{weekday.number}")
        name = WEEKDAY_NAMES[weekday.number - 1]
        day = shift_day(days.first, weekday.number - 1, "day")
        return NormalisedValue(day.isoformat(), f"{name} of {week.how}") if day else _NOTHING

    # counted dates

    def _relative(self, relative: Relative, reading: DateReading) -> NormalisedValue:
        if relative.origin is Origin.ARTICLE:
            return self._from_article(relative, reading)
        if relative.unit.startswith("same "):
            return self._same_a_year_before(relative.unit.removeprefix("same "), relative.steps)
        return self._from_text(relative, reading)

    def _from_article(self, relative: Relative, reading: DateReading) -> NormalisedValue:
        if self.published is None:
            return _NOTHING
        count = relative.steps
        if relative.unit == "weekend" and count == 0 and self._looks_back(reading):
            count = -1
        day = shift_day(self.published, count, relative.unit)
        if day is None:
            return NormalisedValue("PAST_REF" if count < 0 else "FUTURE_REF")
        return NormalisedValue(
            value_of(day, relative.unit), _how_counted(relative._replace(steps=count), self.published)
        )

    def _looks_back(self, reading: DateReading) -> bool:
        """Whether a weekend is the one before: early in a week the weekend is, this weekend only where it is past."""
        assert self.published is not None
        tense = tense_at(self.source.plain, reading.start, reading.end)
        if self.source.plain.startswith("the", reading.start):
            return tense is not Tense.FUTURE and self.published.isoweekday() < _FRIDAY
        return tense is Tense.PAST and self.published.isoweekday() <= _FRIDAY

    def _from_text(self, relative: Relative, reading: DateReading) -> NormalisedValue:
        earlier = self.context.latest(relative.unit)
        if earlier is None or earlier.days.first is None:
            return self._without_earlier(relative)
        if relative.unit == "time":
            return NormalisedValue(
                earlier.value.partition("T")[0], f"the date named before it, {self._spoken(earlier.value)}"
            )
        day = shift_day(earlier.days.first, relative.steps, relative.unit)
        if day is None or self._outruns_the_article(day, relative.steps, reading):
            return _NOTHING
        return NormalisedValue(value_of(day, relative.unit), self._how_from_text(relative, earlier))

    def _outruns_the_article(self, day: date, count: int, reading: DateReading) -> bool:
        """Whether a later date falls after the article that calls it past: it was counted from something else."""
        if self.published is None or count <= 0 or day <= self.published:
            return False
        tense = tense_at(self.source.plain, reading.start, reading.end)
        return tense is Tense.PAST or (tense is Tense.UNKNOWN and (day - self.published).days > _YEAR)

    def _how_from_text(self, relative: Relative, earlier: DatedMention) -> str:
        if relative.steps:
            return f"counted from {self._spoken(earlier.value)}"
        if relative.unit == "day":
            return f"the day named before it, {self._spoken(earlier.value)}"
        return f"the {relative.unit} of {value_in_words(earlier.value.partition('T')[0])}"

    def _without_earlier(self, relative: Relative) -> NormalisedValue:
        """No date before it: it is counted from the article where its words allow that, else unknown."""
        if self.published is None or relative.origin is not Origin.EITHER:
            return _NOTHING
        day = shift_day(self.published, relative.steps, relative.unit)
        return (
            NormalisedValue(value_of(day, relative.unit), _how_counted(relative, self.published)) if day else _NOTHING
        )

    def _same_a_year_before(self, unit: str, count: int) -> NormalisedValue:
        """The same month a year ago: the latest date named, or its month, with the year moved."""
        earlier = self.context.latest_part_of_a_year() if unit == "period" else self.context.latest(unit)
        if earlier is None or earlier.days.first is None:
            return _NOTHING
        value = value_of(earlier.days.first, unit) if unit in ("month", "quarter") else earlier.value
        moved_value = f"{int(value[:4]) + count:04}{value[4:]}"
        return (
            NormalisedValue(moved_value, f"a year before {self._spoken(value)}") if days_of(moved_value) else _NOTHING
        )

    def _stepped(self, stepped: Stepped, base: NormalisedValue) -> NormalisedValue:
        days = days_of(base.value) if base.value else None
        day = shift_day(days.first, stepped.steps, stepped.unit) if days and days.first else None
        if day is None or base.value is None:
            return _NOTHING
        return NormalisedValue(value_of(day, "day"), f"counted from {self._spoken(base.value)}")

    def _spoken(self, value: str) -> str:
        """A value for a person; the year is left out where it is the article's."""
        day = value.partition("T")[0]
        written = value_in_words(day)
        if self.published and len(day) == len("2022-01-06"):
            return written.removesuffix(f" {self.published.year}")
        return written

    # figures, clocks, steps

    def _numeric(self, numeric: Numeric) -> NormalisedValue:
        if (stated := same_either_way(numeric)) is not None:
            return NormalisedValue(stated.isoformat())
        days = orders_of(numeric)
        if self.numeric_order in days:
            how = f"read as {self.numeric_order} like the other dates of the text"
            return NormalisedValue(days[self.numeric_order].isoformat(), how)
        order = nearer_order(days, self.published) if self.published else None
        if order is None and numeric.dotted and "day/month" in days:
            return NormalisedValue(days["day/month"].isoformat(), "read as day.month")
        if order is None or self.published is None:
            return _NOTHING
        return NormalisedValue(
            days[order].isoformat(), f"read as {order}, near the article of {day_in_words(self.published)}"
        )

    def _clock(self, clock: Clock, reading: DateReading) -> NormalisedValue:
        if not clock.time:
            return _NOTHING
        day = self._value(clock.day, reading) if clock.day is not None else self._day_beside(reading)
        if day.value is None or (days_of(day.value) is None and not day.value.startswith("XXXX-")):
            day = NormalisedValue("XXXX-XX-XX")
        return NormalisedValue(f"{day.value}{clock.time}{clock.zone}", day.how)

    def _day_beside(self, reading: DateReading) -> NormalisedValue:
        """The day named shortly before it, else the article's."""
        earlier = self.context.day_near(reading)
        if earlier is not None:
            return NormalisedValue(
                earlier.value.partition("T")[0], f"on the day named next to it, {self._spoken(earlier.value)}"
            )
        if self.published is None:
            return _NOTHING
        return NormalisedValue(self.published.isoformat(), "the day of the article")


def _how_counted(relative: Relative, published: date) -> str:
    unit, count = relative.unit, relative.steps
    if count == 0:
        return f"the {unit} of the article"
    side = "before" if count < 0 else "after"
    if abs(count) == 1:
        return f"the {unit} {side} the article of {day_in_words(published)}"
    return f"{abs(count)} {unit}s {side} the article of {day_in_words(published)}"
