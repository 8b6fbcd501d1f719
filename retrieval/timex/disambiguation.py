"""Which year, which Friday, day or month first: choices that the words leave open and the calendar decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from retrieval.models import DateRange
from retrieval.timex.expressions import Annual, DateReading, Numeric
from retrieval.timex.tense import Tense
from retrieval.timex.values import days_of, in_year, shift_day

_NEAR, _FAR = 31, 92  # days: a month, a season
_DENIED = 6
"""How much farther a day counts on the side that its tense denies: a slip of the tense is likelier than half a year."""


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


def _is_ruled_out(annual: Annual, days: DateRange, published: date) -> bool:
    """Last October is not this month, next March not past; a Friday is a Friday."""
    if annual.weekday is not None and days.first is not None and days.first.isoweekday() != annual.weekday:
        return True
    if days.first is None or days.last is None:
        return True
    return (annual.which < 0 and days.last >= published) or (annual.which > 0 and days.first <= published)


def _cost(days: DateRange, published: date, tense: Tense) -> float:
    assert days.first is not None
    assert days.last is not None
    if days.first <= published <= days.last:
        return 0
    past, future = (published - days.last).days, (days.first - published).days
    if past > 0:
        return past * (_DENIED if tense is Tense.FUTURE else 1)
    return future * {Tense.FUTURE: 1, Tense.OPEN: 1.5, Tense.UNKNOWN: 2, Tense.PAST: _DENIED}[tense]


def weekday_near(origin: date, weekday: int, *, ahead: bool, strictly: bool = False) -> date | None:
    """The nearest such weekday on the asked side of a day, that day too unless ``strictly``; None off the calendar."""
    step = (weekday - origin.isoweekday()) % 7 if ahead else (origin.isoweekday() - weekday) % 7
    step = step or (7 if strictly else 0)
    return shift_day(origin, step if ahead else -step, "day")


def length_of(days: DateRange) -> int:
    assert days.first is not None
    assert days.last is not None
    return (days.last - days.first).days + 1


def orders_of(numeric: Numeric) -> dict[str, date]:
    """The days that figures may mean, by the order of day and month."""
    possible = {order: _written(numeric, order) for order in ("day/month", "month/day")}
    return {order: day for order, day in possible.items() if day is not None}


def _written(numeric: Numeric, order: str) -> date | None:
    day, month = (numeric.first, numeric.second) if order == "day/month" else (numeric.second, numeric.first)
    value = in_year(f"XXXX-{month:02}-{day:02}", numeric.year)
    return date.fromisoformat(value) if value else None


def same_either_way(numeric: Numeric) -> date | None:
    """The day that figures mean in every order that is possible."""
    days = set(orders_of(numeric).values())
    return days.pop() if len(days) == 1 else None


def agreed_order(readings: Sequence[DateReading]) -> str | None:
    """The order of day and month that the unambiguous figures of a text agree on."""
    figures = [reading.meaning for reading in readings if isinstance(reading.meaning, Numeric)]
    orders = {"day/month" if each.first > 12 else "month/day" for each in figures if max(each.first, each.second) > 12}
    return orders.pop() if len(orders) == 1 else None


def nearer_order(days: Mapping[str, date], published: date) -> str | None:
    """The order that puts the day beside the article's; else within a month of it, where the other is a season away."""
    away = {order: abs((day - published).days) for order, day in days.items()}
    close = [order for order, distance in away.items() if distance <= 1]
    if len(close) == 1:
        return close[0]
    near = [order for order, distance in away.items() if distance <= _NEAR]
    others_are_far = all(distance > _FAR for order, distance in away.items() if order not in near)
    return near[0] if len(near) == 1 and others_are_far else None
