"""TIMEX3 calendar values: written for days and units, read back as the days they cover, moved and filled in.

A value is what TIMEX3 writes for a date: ``2022-01-04``, ``2022-01``, ``2022``, ``2022-W02``, ``2022-W02-WE``,
``2022-Q1``, ``2022-H1``, ``2021-WI``, ``199`` (the 1990s), ``19`` (the 20th century); two of them with a slash between
are a span (ISO 8601, ``2022-01-10/2022-01-12``); XXXX is a year that is not known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

from retrieval.models import DateRange
from retrieval.timex.vocabulary import MONTH_NAMES

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(?:([QH])(\d)|(SP|SU|FA|WI))")
_YEARS = re.compile(r"\d{2,4}")
_PLACE_IN_MONTH = re.compile(r"(week|[1-7]) (-?\d) of (\d\d)")


def days_of(value: str) -> DateRange | None:
    """The first and last day a date value covers; None where it names no calendar days (P2W, XXXX-01, BC0044)."""
    if "/" in value:
        first, last = (days_of(half) for half in value.split("/", 1))
        return DateRange(first=first.first, last=last.last) if first and last else None
    try:
        return _days_of_one(value)
    except ValueError:
        return None


def periods_in(days: DateRange) -> frozenset[str]:
    """The values of the weeks, weekends and months that lie wholly within ``days``; none where it is open at a side.

    A day's own value is none of them, nor is a year's."""
    if days.first is None or days.last is None:
        return frozenset()
    count = (days.last - days.first).days + 1
    values = {value_of(days.first + timedelta(days=place), unit) for place in range(count) for unit in _PERIODS}
    return frozenset(value for value in values if _lies_in(days_of(value), days))


_PERIODS = ("week", "weekend", "month")


def _lies_in(inner: DateRange | None, outer: DateRange) -> bool:
    ends = (inner.first, inner.last) if inner else ()
    return bool(ends) and all(end is not None and outer.contains(end) for end in ends)


def _days_of_one(value: str) -> DateRange | None:
    if found := _DAY.fullmatch(value):
        day = date(*map(int, found.groups()))
        return DateRange(first=day, last=day)
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _WEEK.fullmatch(value):
        return _week(int(found[1]), int(found[2]), weekend=found[3] is not None)
    if found := _PART.fullmatch(value):
        length = {"Q": 3, "H": 6}.get(found[2], 3)
        first = _SEASON_MONTHS[found[4]] if found[4] else (int(found[3]) - 1) * length + 1
        return _months(int(found[1]), first, length)
    return _years(value) if _YEARS.fullmatch(value) else None


def _months(year: int, month: int, count: int) -> DateRange:
    first = date(year, month, 1)
    over = month + count - 2
    year, month = year + over // 12, over % 12 + 1
    return DateRange(first=first, last=date(year, month, monthrange(year, month)[1]))


def _week(year: int, week: int, *, weekend: bool) -> DateRange:
    return DateRange(
        first=date.fromisocalendar(year, week, 6 if weekend else 1), last=date.fromisocalendar(year, week, 7)
    )


def _years(value: str) -> DateRange:
    missing = 4 - len(value)
    first = max(int(value + "0" * missing), MINYEAR)
    return DateRange(first=date(first, 1, 1), last=date(int(value + "9" * missing), 12, 31))


def value_of(day: date, unit: str) -> str:
    """The value of the unit that holds the day: its week, month, quarter, year, decade or century."""
    year, week, _ = day.isocalendar()
    written = {
        "week": f"{year:04}-W{week:02}",
        "fortnight": f"{year:04}-W{week:02}",
        "weekend": f"{year:04}-W{week:02}-WE",
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}",
        "century": f"{day.year // 100:02}",
    }
    return written.get(unit) or day.isoformat()


_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
_DAYS_IN = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}


def shift_day(day: date, count: int, unit: str) -> date | None:
    """The day so many units on (negative: back), cut to the length of its month; None off the calendar."""
    try:
        if unit in _DAYS_IN:
            return day + timedelta(days=count * _DAYS_IN[unit])
        return _months_on(day, count * _MONTHS_IN.get(unit, 0))
    except (OverflowError, ValueError):
        return None


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"the year {year} is not on the calendar")
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def in_year(form: str, year: int) -> str | None:
    """The value of an annual form in a year, None where that year has none.

    Forms are ``XXXX-01-06``, ``XXXX-Q1``, ``easter``, ``week -1 of 03`` (last week), ``7 1 of 05`` (first Sunday)."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if found := _PLACE_IN_MONTH.fullmatch(form):
        return _placed(year, found[1], int(found[2]), int(found[3]))
    if form in MOVING_FEASTS:
        return MOVING_FEASTS[form](year).isoformat()
    value = form.replace("XXXX", f"{year:04}")
    return value if days_of(value) else None


def open_value(form: str) -> str | None:
    """An annual form in an unknown year: itself where it is written with XXXX."""
    return form if form.startswith("XXXX") else None


def _placed(year: int, unit: str, place: int, month: int) -> str | None:
    """The nth or last week or weekday of a month."""
    if unit == "week":
        return _week_of_month(year, month, place)
    day = _nth(int(unit), place, month)(year)
    return day.isoformat() if day.month == month else None


def _week_of_month(year: int, month: int, place: int) -> str | None:
    """The ISO week whose Thursday is that Thursday of the month, -1 being the last."""
    first = date(year, month, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    thursdays = [day for week in range(5) if (day := thursday + timedelta(weeks=week)).month == month]
    if place > len(thursdays):
        return None
    return value_of(thursdays[place - 1 if place > 0 else place], "week")


def _nth(weekday: int, place: int, month: int) -> Callable[[int], date]:
    """The day that is the nth such weekday of the month (1 = Monday), the last for -1."""

    def day(year: int) -> date:
        if place < 0:
            last = date(year, month, monthrange(year, month)[1])
            return last - timedelta(days=(last.isoweekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (place - 1))

    return day


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - skipped + 15) % 30
    after = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * after) // 451
    month, day = divmod(epact + after - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: _easter(year) + timedelta(days=days)


_THANKSGIVING = _nth(4, 4, 11)
MOVING_FEASTS: dict[str, Callable[[int], date]] = {
    "easter": _easter,
    "good friday": _from_easter(-2),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "easter monday": _from_easter(1),
    "thanksgiving": _THANKSGIVING,
    "black friday": lambda year: _THANKSGIVING(year) + timedelta(days=1),
    "cyber monday": lambda year: _THANKSGIVING(year) + timedelta(days=4),
    "labor day": _nth(1, 1, 9),
    "memorial day": _nth(1, -1, 5),
    "martin luther king day": _nth(1, 3, 1),
    "presidents' day": _nth(1, 3, 2),
}
"""Feasts whose day moves from year to year."""


def value_in_words(value: str) -> str:
    """A value as people write it: ``4 January 2022``, ``January 2022``, else the value itself."""
    if found := _DAY.fullmatch(value):
        return f"{int(found[3])} {MONTH_NAMES[int(found[2]) - 1]} {int(found[1])}"
    if found := _MONTH.fullmatch(value):
        return f"{MONTH_NAMES[int(found[2]) - 1]} {int(found[1])}"
    if _WEEK.fullmatch(value) and (days := days_of(value)) and days.first:
        return f"the {'weekend' if value.endswith('E') else 'week'} of {day_in_words(days.first)}"
    return value


def day_in_words(day: date) -> str:
    """A day as people write it: ``4 January 2022``."""
    return value_in_words(day.isoformat())
