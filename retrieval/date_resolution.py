"""Readings in the order of the text -> mentions with calendar values and how each derived value came about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retrieval.calendar_values import days_of, in_year, moved, open_value, spoken, spoken_day, value_of
from retrieval.date_readings import (
    Annual,
    Clock,
    Fixed,
    Length,
    Meaning,
    Numeric,
    Origin,
    Reading,
    Relative,
    Stepped,
    Weekday,
)
from retrieval.date_rules import Source
from retrieval.date_tense import Tense, tense_at
from retrieval.date_words import WEEKDAY_NAMES
from retrieval.models import Mention, MentionKind, Span, Window

_REACH = {"day": 1, "week": 7, "fortnight": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
_NEAR, _FAR = 31, 92
_BESIDE = 600
_FRIDAY = 5
_ROW = re.compile(r" (?:and|or|to|through|thru|until|till|-) | ?- ?|, ")


class Value(NamedTuple):
    """A calendar value and how it was derived; no derivation where the text states it in full."""

    value: str | None
    how: str | None = None


class Told(NamedTuple):
    """A date that the text has told already."""

    end: int
    value: str
    days: Window


_NOTHING = Value(None)


class Resolver:
    """Turns the readings of one text into mentions, remembering the dates it has passed."""

    def __init__(self, source: Source, published: date | None, readings: Sequence[Reading]) -> None:
        self.source = source
        self.published = published
        self.told: list[Told] = []
        self.numeric_order = _numeric_order(readings)
        self.weekday_tenses = self._clear_weekdays(readings)

    def mention(self, reading: Reading) -> Mention:
        value, how = self._value(reading.meaning, reading)
        if value is not None and _can_be_counted_from(reading):
            self._remember(reading, value)
        span = Span(start=reading.start, end=reading.end)
        return Mention(span=span, kind=reading.kind, value=value, detail=reading.detail, how=how)

    def _remember(self, reading: Reading, value: str) -> None:
        days = days_of(value)
        if days is not None:
            self.told.append(Told(reading.end, value, days))

    def _value(self, meaning: Meaning, reading: Reading) -> Value:
        match meaning:
            case Fixed(value):
                return Value(value)
            case Length(value=value):
                return Value(value)
            case Annual():
                return self._annual(meaning, reading)
            case Weekday():
                return self._weekday(meaning, reading)
            case Relative(origin=Origin.ARTICLE):
                return self._from_article(meaning, reading)
            case Relative():
                return self._from_text(meaning, reading)
            case Numeric():
                return self._numeric(meaning)
            case Clock():
                return self._clock(meaning, reading)
            case Stepped(unit, count, base):
                return self._stepped(unit, count, self._value(base, reading))
        return _NOTHING

    # days of the year

    def _annual(self, annual: Annual, reading: Reading) -> Value:
        if isinstance(annual.year, int):
            return Value(in_year(annual.form, annual.year))
        if isinstance(annual.year, Relative):
            return self._annual_in(annual, self._value(annual.year, reading))
        if self.published is None:
            return Value(open_value(annual.form))
        tense = tense_at(self.source.plain, reading.start, reading.end)
        year = year_of(annual, self.published, tense)
        return Value(in_year(annual.form, year), self._how_annual(annual, year)) if year else _NOTHING

    def _annual_in(self, annual: Annual, year: Value) -> Value:
        if year.value is None or not year.value.isdecimal():
            return Value(open_value(annual.form))
        return Value(in_year(annual.form, int(year.value)), year.how)

    def _how_annual(self, annual: Annual, year: int) -> str:
        assert self.published is not None
        if year == self.published.year:
            return "the year of the article"
        side = "before" if year < self.published.year else "after"
        return f"{annual.name} {side} the article of {spoken(value_of(self.published, 'month'))}"

    # days of the week

    def _clear_weekdays(self, readings: Sequence[Reading]) -> dict[int, Tense]:
        """The tense of each weekday where the text makes it plain, for the headlines that do not."""
        tenses: dict[int, Tense] = {}
        for reading in readings:
            if isinstance(reading.meaning, Weekday):
                tense = tense_at(self.source.plain, reading.start, reading.end)
                if tense is not Tense.UNKNOWN:
                    tenses.setdefault(reading.meaning.number, tense)
        return tenses

    def _weekday(self, weekday: Weekday, reading: Reading) -> Value:
        if weekday.week is not None:
            return self._weekday_of(weekday, self._value(weekday.week, reading))
        if self.published is None:
            return Value(f"XXXX-WXX-{weekday.number}")
        if (first := self._first_of_a_row(reading)) and not weekday.which:
            day = weekday_near(first, weekday.number, ahead=True, strictly=True)
            return Value(day.isoformat(), self._how_weekday(day))
        tense = tense_at(self.source.plain, reading.start, reading.end)
        ahead = weekday.which or tense or self.weekday_tenses.get(weekday.number, weekday.usual)
        day = weekday_near(self.published, weekday.number, ahead=ahead > 0, strictly=weekday.which != 0)
        return Value(day.isoformat(), self._how_weekday(day))

    def _first_of_a_row(self, reading: Reading) -> date | None:
        """The day before it in a row of days: Monday and Tuesday, Monday through Friday."""
        told = self.told[-1] if self.told else None
        is_row = told is not None and _ROW.fullmatch(self.source.plain, told.end, reading.start)
        return told.days.first if told and is_row and _length(told.days) == 1 else None

    def _how_weekday(self, day: date) -> str:
        assert self.published is not None
        name = WEEKDAY_NAMES[day.isoweekday() - 1]
        if day == self.published:
            return f"the day of the article, a {name}"
        return f"the {name} {'after' if day > self.published else 'before'} {spoken_day(self.published)}"

    def _weekday_of(self, weekday: Weekday, week: Value) -> Value:
        days = days_of(week.value) if week.value else None
        if days is None or days.first is None:
            return Value(f"XXXX-WXX-{weekday.number}")
        name = WEEKDAY_NAMES[weekday.number - 1]
        return Value((days.first + timedelta(days=weekday.number - 1)).isoformat(), f"{name} of {week.how}")

    # counted dates

    def _from_article(self, relative: Relative, reading: Reading) -> Value:
        if self.published is None:
            return _NOTHING
        count = relative.count
        if relative.unit == "weekend" and count == 0 and self._looks_back(reading):
            count = -1
        day = moved(self.published, count, relative.unit)
        if day is None:
            return Value("PAST_REF" if count < 0 else "FUTURE_REF")
        return Value(value_of(day, relative.unit), _how_counted(relative._replace(count=count), self.published))

    def _looks_back(self, reading: Reading) -> bool:
        """Whether a weekend is the one before: the weekend is, early in a week, this weekend only where it is told as past."""
        assert self.published is not None
        tense = tense_at(self.source.plain, reading.start, reading.end)
        if self.source.plain.startswith("the", reading.start):
            return tense is not Tense.FUTURE and self.published.isoweekday() < _FRIDAY
        return tense is Tense.PAST and self.published.isoweekday() <= _FRIDAY

    def _from_text(self, relative: Relative, reading: Reading) -> Value:
        if relative.unit.startswith("same "):
            return self._same_a_year_before(relative.unit.removeprefix("same "), relative.count)
        told = self._latest(relative.unit)
        if told is None or told.days.first is None:
            return self._without_told(relative)
        day = moved(told.days.first, relative.count, relative.unit)
        if day is None or self._outruns_the_article(day, relative.count, reading):
            return _NOTHING
        return Value(value_of(day, relative.unit), self._how_from_text(relative, told))

    def _outruns_the_article(self, day: date, count: int, reading: Reading) -> bool:
        """Whether a later date falls after the article that tells it as past: it was counted from something else."""
        if self.published is None or count <= 0 or day <= self.published:
            return False
        tense = tense_at(self.source.plain, reading.start, reading.end)
        return tense is Tense.PAST or (tense is Tense.UNKNOWN and (day - self.published).days > _REACH["year"])

    def _how_from_text(self, relative: Relative, told: Told) -> str:
        if relative.count:
            return f"counted from {self._spoken(told.value)}"
        if relative.unit == "day":
            return f"the day told before it, {self._spoken(told.value)}"
        return f"the {relative.unit} of {spoken(told.value.partition('T')[0])}"

    def _without_told(self, relative: Relative) -> Value:
        """No date before it: it is counted from the article where its words allow that, else unknown."""
        if self.published is None or relative.origin is not Origin.EITHER:
            return _NOTHING
        day = moved(self.published, relative.count, relative.unit)
        return Value(value_of(day, relative.unit), _how_counted(relative, self.published)) if day else _NOTHING

    def _latest(self, unit: str) -> Told | None:
        """The latest date told that is fine enough to count such units from."""
        reach = _REACH.get(unit, 36525)
        return next((told for told in reversed(self.told) if _length(told.days) <= reach), None)

    def _same_a_year_before(self, unit: str, count: int) -> Value:
        """The same month a year ago: the latest date told, or its month, with the year moved."""
        told = (
            self._latest(unit)
            if unit != "period"
            else next((each for each in reversed(self.told) if _has_part(each)), None)
        )
        if told is None or told.days.first is None:
            return _NOTHING
        value = value_of(told.days.first, unit) if unit in ("month", "quarter") else told.value
        moved_value = f"{int(value[:4]) + count:04}{value[4:]}"
        return Value(moved_value, f"a year before {self._spoken(value)}") if days_of(moved_value) else _NOTHING

    def _stepped(self, unit: str, count: int, base: Value) -> Value:
        days = days_of(base.value) if base.value else None
        day = moved(days.first, count, unit) if days and days.first else None
        if day is None or base.value is None:
            return _NOTHING
        return Value(value_of(day, "day"), f"counted from {self._spoken(base.value)}")

    def _spoken(self, value: str) -> str:
        """A value for a person; the year is left out where it is the article's."""
        day = value.partition("T")[0]
        written = spoken(day)
        if self.published and len(day) == len("2022-01-06"):
            return written.removesuffix(f" {self.published.year}")
        return written

    # figures and clocks

    def _numeric(self, numeric: Numeric) -> Value:
        readings = {order: _written(numeric, order) for order in ("day/month", "month/day")}
        possible = {order: day for order, day in readings.items() if day}
        if len(set(possible.values())) == 1:
            return Value(next(iter(possible.values())).isoformat())
        if self.numeric_order in possible:
            how = f"read as {self.numeric_order} like the other dates of the text"
            return Value(possible[self.numeric_order].isoformat(), how)
        return self._nearer(possible)

    def _nearer(self, possible: dict[str, date]) -> Value:
        """The reading beside the article's day, if the other is far from it."""
        if self.published is None or not possible:
            return _NOTHING
        (order, day), *others = sorted(possible.items(), key=lambda item: abs(item[1] - self.published))  # type: ignore[operator]
        is_near = abs(day - self.published).days <= _NEAR
        if is_near and all(abs(other - self.published).days > _FAR for _, other in others):
            return Value(day.isoformat(), f"read as {order}, near the article of {spoken_day(self.published)}")
        return _NOTHING

    def _clock(self, clock: Clock, reading: Reading) -> Value:
        if not clock.time:
            return _NOTHING
        day = self._value(clock.day, reading) if clock.day is not None else self._day_beside(reading)
        if day.value is None or (days_of(day.value) is None and not day.value.startswith("XXXX-")):
            day = Value("XXXX-XX-XX")
        return Value(f"{day.value}{clock.time}{clock.zone}", day.how)

    def _day_beside(self, reading: Reading) -> Value:
        """The day told shortly before it, else the article's."""
        told = next((told for told in reversed(self.told) if _length(told.days) == 1), None)
        if (
            told is not None
            and "\n\n" not in self.source.plain[told.end : reading.start]
            and reading.start - told.end < _BESIDE
        ):
            return Value(told.value.partition("T")[0], f"on the day told beside it, {self._spoken(told.value)}")
        if self.published is None:
            return _NOTHING
        return Value(self.published.isoformat(), "the day of the article")


def year_of(annual: Annual, published: date, tense: Tense) -> int | None:
    """The year that puts the date nearest to the article, the side that its tense denies counting much farther.

    A weekday beside it decides between years, unless it fits none (a slip of the article's)."""
    ways = (annual, annual._replace(weekday=None))
    return next((year for way in ways if (year := _best_year(way, published, tense)) is not None), None)


def _best_year(annual: Annual, published: date, tense: Tense) -> int | None:
    candidates = []
    for year in range(published.year - 1, published.year + 2):
        value = in_year(annual.form, year)
        days = days_of(value) if value else None
        if days is None or days.first is None or days.last is None or _is_ruled_out(annual, days, published):
            continue
        candidates.append((_cost(days, published, tense), year))
    return min(candidates)[1] if candidates else None


def _is_ruled_out(annual: Annual, days: Window, published: date) -> bool:
    """Last October is not this month, next March not past; a Friday is a Friday."""
    if annual.weekday is not None and days.first is not None and days.first.isoweekday() != annual.weekday:
        return True
    if days.first is None or days.last is None:
        return True
    return (annual.which < 0 and days.last >= published) or (annual.which > 0 and days.first <= published)


def _cost(days: Window, published: date, tense: Tense) -> float:
    assert days.first is not None
    assert days.last is not None
    if days.first <= published <= days.last:
        return 0
    past, future = (published - days.last).days, (days.first - published).days
    if past > 0:
        return past * (6 if tense is Tense.FUTURE else 1)
    return future * {Tense.FUTURE: 1, Tense.OPEN: 1.5, Tense.UNKNOWN: 2, Tense.PAST: 6}[tense]


def weekday_near(origin: date, weekday: int, *, ahead: bool, strictly: bool = False) -> date:
    """The nearest such weekday on the asked side of a day; that day itself unless ``strictly``."""
    step = (weekday - origin.isoweekday()) % 7 if ahead else (origin.isoweekday() - weekday) % 7
    step = step or (7 if strictly else 0)
    return origin + timedelta(days=step if ahead else -step)


def _how_counted(relative: Relative, published: date) -> str:
    unit, count = relative.unit, relative.count
    if count == 0:
        return f"the {unit} of the article"
    side = "before" if count < 0 else "after"
    if abs(count) == 1:
        return f"the {unit} {side} the article of {spoken_day(published)}"
    return f"{abs(count)} {unit}s {side} the article of {spoken_day(published)}"


def _length(days: Window) -> int:
    assert days.first is not None
    assert days.last is not None
    return (days.last - days.first).days + 1


def _can_be_counted_from(reading: Reading) -> bool:
    """Whether later dates may be counted from this one: a date, or a time whose own words name its day.

    A year earlier is a comparison that leads nowhere: what follows is counted from what it was compared with."""
    match reading.meaning:
        case Relative(unit, count, origin) if origin is not Origin.ARTICLE and count < 0:
            return unit != "year" and not unit.startswith("same ")
    return reading.kind is MentionKind.DATE or (isinstance(reading.meaning, Clock) and reading.meaning.day is not None)


def _has_part(told: Told) -> bool:
    """Whether a date is finer than a year, and has the year in front."""
    return re.match(r"\d{4}-(?!W)", told.value) is not None and "/" not in told.value


def _written(numeric: Numeric, order: str) -> date | None:
    day, month = (numeric.first, numeric.second) if order == "day/month" else (numeric.second, numeric.first)
    value = in_year(f"XXXX-{month:02}-{day:02}", numeric.year)
    return date.fromisoformat(value) if value else None


def _numeric_order(readings: Sequence[Reading]) -> str | None:
    """The order of day and month that the unambiguous figures of a text agree on."""
    figures = [reading.meaning for reading in readings if isinstance(reading.meaning, Numeric)]
    orders = {"day/month" if each.first > 12 else "month/day" for each in figures if max(each.first, each.second) > 12}
    return orders.pop() if len(orders) == 1 else None
