"""Reads a text left to right: tries the grammars at each word, keeps the longest, joins neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from retrieval.models import MentionKind
from retrieval.timex.expressions import (
    Annual,
    Clock,
    DateModifier,
    DateReading,
    DayPart,
    DurationExpression,
    Fixed,
    Meaning,
    Relative,
    Step,
    Stepped,
    Weekday,
)
from retrieval.timex.grammar import DIGIT, SourceText
from retrieval.timex.grammars.days import DAYS
from retrieval.timex.grammars.durations import DURATIONS
from retrieval.timex.grammars.modifiers import MODIFIERS
from retrieval.timex.grammars.offsets import OFFSETS
from retrieval.timex.grammars.periods import PERIODS
from retrieval.timex.grammars.recurrences import RECURRENCES
from retrieval.timex.grammars.relative import RELATIVE_DATES
from retrieval.timex.grammars.times import TIMES
from retrieval.timex.vocabulary import UNITS, plain_text

_GRAMMARS = (DAYS, PERIODS, RELATIVE_DATES, OFFSETS, MODIFIERS, RECURRENCES, DURATIONS, TIMES)
_STARTS = frozenset(word for grammar in _GRAMMARS for word in grammar.rules)
_WORD = re.compile(r"[^\W_]+")


class ParsedText(NamedTuple):
    """A text and what its date expressions mean, in order and disjoint."""

    source: SourceText
    readings: tuple[DateReading, ...]


@lru_cache(maxsize=2)  # an article whose day is inferred is parsed for that first, and then for its mentions
def parse_dates(text: str) -> ParsedText:
    """The date expressions of a text, before the calendar is asked."""
    source = SourceText(text, plain_text(text))
    return ParsedText(source, compose(_readings(source), source))


def _readings(source: SourceText) -> Iterator[DateReading]:
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


def _reach(readings: tuple[DateReading, ...]) -> int:
    return readings[-1].end if readings else 0


Join = Callable[[DateReading, DateReading, str], DateReading | None]


_UNIT_ORDER = list(UNITS)


_LICENCE = re.compile(r"\b(?:in|during|until|since|late|early|mid)[ \n]$")


_ROW = re.compile(r",? (?:and|or|to|through|until|till) (?:on |in )?| ?- ?|, ")


def compose(readings: Iterable[DateReading], source: SourceText) -> tuple[DateReading, ...]:
    """The readings of a text, neighbours joined where they make one expression; in order and disjoint."""
    joined = _fold(_fold(readings, _join_dates, source), _join_times, source)
    joined = list(_date_clocks(_share_years(joined, source), source))
    kept = (_without_neighbour(reading, source) for reading in joined)
    return tuple(reading for reading in kept if reading is not None)


def _fold(readings: Iterable[DateReading], join: Join, source: SourceText) -> list[DateReading]:
    done: list[DateReading] = []
    for reading in readings:
        latest = reading
        while done and (both := join(done[-1], latest, source.plain[done[-1].end : latest.start])):
            done.pop()
            latest = both
        done.append(latest)
    return done


def _over(left: DateReading, right: DateReading, meaning: Meaning, kind: MentionKind | None = None) -> DateReading:
    return DateReading(left.start, right.end, kind or right.kind, meaning, left.detail or right.detail)


def _join_dates(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    return (
        _modified(left, right, gap)
        or _weekday_joined(left, right, gap)
        or _placed(left, right, gap)
        or _lengths_joined(left, right, gap)
    )


def _modified(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    """Late + Jan. 4; the end of + next year."""
    if isinstance(left.meaning, DateModifier) and gap == "" and _can_be_modified(right):
        return _over(left, right, right.meaning)._replace(detail=left.meaning.mod)
    return None


def _weekday_joined(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    """Friday + , + Jan. 7; Friday + of + next week; next week + on + Friday."""
    match left.meaning, right.meaning:
        case Weekday(number), Annual() if gap in (", ", " ", " the ", ", the ") and _is_day(right):
            return _over(left, right, right.meaning._replace(weekday=number))
        case Weekday(week=None), Relative(unit="week") if gap in (" of ", " ", ", "):
            return _over(left, right, left.meaning._replace(week=right.meaning))
        case Relative(unit="week"), Weekday(week=None) if gap in (" ", " on ", ", on "):
            return _over(left, right, right.meaning._replace(week=left.meaning))
    return None


def _placed(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    """October + of + next year; two days before + Christmas."""
    match left.meaning, right.meaning:
        case Annual(year=None), Relative(unit="year") if gap in (" of ", " ", ", ", " in "):
            return _over(left, right, left.meaning._replace(year=right.meaning))
        case Step(unit, count), Annual() | Weekday() | Relative() if gap == " " and _is_day(right):
            return _over(left, right, Stepped(unit, count, right.meaning))
    return None


def _lengths_joined(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    """One year + and + three months."""
    match left.meaning, right.meaning:
        case DurationExpression() as long, DurationExpression() as short if gap in (" and ", ", ", " ") and _can_add(
            long, short
        ):
            return _over(left, right, DurationExpression(short.amount, short.unit, _added(long.value, short.value)))
    return None


def _can_be_modified(right: DateReading) -> bool:
    match right.meaning:
        case Fixed(value):
            return value is not None and value[:2].isdigit()
        case Relative(unit):
            return unit != "time"
    return right.kind is MentionKind.DATE


def _is_day(reading: DateReading) -> bool:
    match reading.meaning:
        case Annual(form):
            return "/" not in form and (len(form) == len("XXXX-01-06") or not form.startswith(("XXXX", "week")))
        case Relative(unit="day") | Weekday() | Stepped(unit="day"):
            return True
    return False


def _can_add(long: DurationExpression, short: DurationExpression) -> bool:
    is_finer = _UNIT_ORDER.index(long.unit) > _UNIT_ORDER.index(short.unit)
    return is_finer and long.amount.isdecimal() and short.amount.isdecimal()


def _added(long: str, short: str) -> str:
    """Two durations written as one: P1Y and P3M is P1Y3M, P1D and PT12H is P1DT12H."""
    if short.startswith("PT"):
        return long + short[2:] if "T" in long else long + short[1:]
    return long + short[1:]


def _join_times(left: DateReading, right: DateReading, gap: str) -> DateReading | None:
    match left.meaning, right.meaning:
        case _, DayPart(code) if gap in (" ", "'s ") and _is_day(left):
            return _over(left, right, Clock(f"T{code}", left.meaning), MentionKind.TIME)
        case DayPart(code), _ if gap in (" of ", " on ") and _is_day(right):
            return _over(left, right, Clock(f"T{code}", right.meaning), MentionKind.TIME)
        case Clock(day=None), _ if gap in (" ", " on ") and _is_day(right):
            return _over(left, right, left.meaning._replace(day=right.meaning), MentionKind.TIME)
    return None


def _share_years(readings: list[DateReading], source: SourceText) -> list[DateReading]:
    """Gives a day or month the year of its neighbour in a row: January to March 2021, Dec. 30, 2021 to Jan. 3."""
    shared = list(readings)
    for place in range(len(shared) - 2, -1, -1):
        left, right = shared[place], shared[place + 1]
        if _ROW.fullmatch(source.plain, left.end, right.start):
            shared[place] = _with_year_of(left, right, -1)
            shared[place + 1] = _with_year_of(right, left, 1)
    return shared


def _with_year_of(reading: DateReading, other: DateReading, step: int) -> DateReading:
    """The reading in the other's year, or the year beside it where the row runs over the year's end."""
    match reading.meaning, other.meaning:
        case Annual(year=None, which=0) as mine, Annual(year=int() as year) as given:
            if len(mine.form) == len(given.form) and mine.form.startswith("XXXX"):
                is_over = mine.form > given.form if step < 0 else mine.form < given.form
                return reading._replace(meaning=mine._replace(year=year + (step if is_over else 0)))
    return reading


def _date_clocks(readings: list[DateReading], source: SourceText) -> Iterator[DateReading]:
    """Gives a time the day that follows it after a comma (16:15 UTC, June 1)."""
    for reading, after in zip_longest(readings, readings[1:]):
        meaning = reading.meaning
        is_undated = isinstance(meaning, Clock) and meaning.day is None
        gap = source.plain[reading.end : after.start] if after is not None and _is_day(after) else None
        if isinstance(meaning, Clock) and is_undated and gap in (", ", ", on "):
            meaning = meaning._replace(day=after.meaning)
        yield reading._replace(meaning=meaning)


def _without_neighbour(reading: DateReading, source: SourceText) -> DateReading | None:
    """What is left of a reading that found no neighbour."""
    match reading.meaning:
        case DateModifier():
            return None
        case Step(rest=rest):
            return rest
        case DayPart(code):
            before = source.plain[max(0, reading.start - 8) : reading.start]
            words = source.plain[reading.start : reading.end]
            is_said = _LICENCE.search(before) or words.startswith(("that", "early", "late", "mid", "the same"))
            return reading._replace(meaning=Clock(f"T{code}")) if is_said else None
    return reading
