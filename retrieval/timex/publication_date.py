"""From which day does an article speak that names none? Its latest past date, where the calendar bears it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retrieval.models import Knowledge, Published
from retrieval.timex.expressions import Annual, Clock, DateReading, Fixed, Origin, Relative, Weekday
from retrieval.timex.grammar import SourceText
from retrieval.timex.tense import Tense, tense_at
from retrieval.timex.values import day_in_words, in_year
from retrieval.timex.vocabulary import WEEKDAY_NAMES

_HEAD_LINES = 6  # lines in which an article may give its own date: headline, byline, dateline
_NEAR = timedelta(days=31)
_OPENING = 600  # characters in which news says what it is a day before
_DATELINE_END = 300  # characters before which a day may be that of a dateline, after headline and place
_DATELINE = re.compile(r"\.? *(?:[/(—]|--|- |\n|$)")
_DAY_FORM = "XXXX-01-06"
_EVE = re.compile(r"\b(?:a|one|the)[ \n]day[ \n](?:before|ahead[ \n]of)\b")


class DateCandidate(NamedTuple):
    """A past date of the text on the calendar, and the dated day that gave its year (None: the text's own year)."""

    day: date
    reading: DateReading
    beside: date | None


def infer_publication(source: SourceText, readings: Sequence[DateReading], dated: Sequence[date]) -> Published | None:
    """The article's day by its latest past date; None where the text has no day of its own to speak from."""
    if not any(_speaks_from_a_day(reading) for reading in readings):
        return None
    eve = _eve_weekday(source, readings)
    latest = _latest(source, readings, dated, eve)
    if latest is None or _is_outdated(source, readings, latest.day):
        return None
    return Published(day=latest.day, known=Knowledge.INFERRED, how=_how(source, latest, eve))


def _speaks_from_a_day(reading: DateReading) -> bool:
    """Friday, today, next week: words that only a text of a certain day uses; encyclopaedias have none."""
    match reading.meaning:
        case Weekday():
            return True
        case Relative(unit, count, Origin.ARTICLE):
            return unit in ("day", "week", "weekend", "month") or abs(count) == 1
        case Clock(day=Relative() | Weekday()):
            return True
        case Annual(year=None, weekday=int()):
            return True
    return False


def _latest(
    source: SourceText, readings: Sequence[DateReading], dated: Sequence[date], eve: int | None
) -> DateCandidate | None:
    """The latest of the dates that the words put in the past, else of those they put nowhere."""
    days = [(annual, reading) for reading in readings if (annual := _day_of_year(reading))]
    stated = [day for annual, _ in days if (day := _stated_day(annual))]
    tenses = {reading: _tense(source, reading) for _, reading in days}
    for wanted in (Tense.PAST, Tense.UNKNOWN):
        past = [(annual, reading) for annual, reading in days if tenses[reading] is wanted]
        by_year = [_latest_beside(past, other) for other in sorted({*stated, *dated}, reverse=True)]
        by_itself = [DateCandidate(day, reading, None) for annual, reading in past if (day := _stated_day(annual))]
        found = [each for each in (*by_year, *by_itself[:1]) if each and _fits(each.day, eve)]
        if found:
            return min(found, key=_distance)
    return None


def _tense(source: SourceText, reading: DateReading) -> Tense:
    """The tense of a date; a dateline's own day (ANKARA, January 6. /TASS/) is past with what it reports."""
    if reading.start < _DATELINE_END and _DATELINE.match(source.plain, reading.end):
        return Tense.PAST
    return tense_at(source.plain, reading.start, reading.end)


def _latest_beside(past: Sequence[tuple[Annual, DateReading]], other: date) -> DateCandidate | None:
    """The latest past date, days without a year being read in the years around a dated day."""
    found = [
        DateCandidate(day, reading, other if annual.year is None else None)
        for annual, reading in past
        for day in (_days_near(annual, other) if annual.year is None else [_stated_day(annual)])
        if day is not None
    ]
    return max(found, key=lambda each: each.day, default=None)


def _fits(day: date, eve: int | None) -> bool:
    return eve is None or day.isoweekday() % 7 + 1 == eve


def _distance(candidate: DateCandidate) -> timedelta:
    """How far the day that gave the year lies; nothing where the text gives it."""
    return abs(candidate.day - candidate.beside) if candidate.beside else timedelta(0)


def _day_of_year(reading: DateReading) -> Annual | None:
    meaning = reading.meaning.day if isinstance(reading.meaning, Clock) else reading.meaning
    is_day = isinstance(meaning, Annual) and len(meaning.form) == len(_DAY_FORM) and meaning.form.startswith("XXXX")
    return meaning if is_day and isinstance(meaning, Annual) and not isinstance(meaning.year, Relative) else None


def _stated_day(annual: Annual) -> date | None:
    value = in_year(annual.form, annual.year) if isinstance(annual.year, int) else None
    return date.fromisoformat(value) if value else None


def _days_near(annual: Annual, other: date) -> Iterator[date]:
    """The date in the years around another day, where it lies within a month of it and on its own weekday."""
    for year in (other.year - 1, other.year, other.year + 1):
        value = in_year(annual.form, year)
        day = date.fromisoformat(value) if value else None
        if day and abs(day - other) <= _NEAR and annual.weekday in (None, day.isoweekday()):
            yield day


def _is_outdated(source: SourceText, readings: Sequence[DateReading], day: date) -> bool:
    """Whether the text puts a later year in the past, so that it cannot be of that day."""
    for reading in readings:
        match reading.meaning:
            case Fixed(str() as value) if re.fullmatch(r"\d{4}", value) and int(value) > day.year:
                if tense_at(source.plain, reading.start, reading.end) is Tense.PAST:
                    return True
    return False


def _eve_weekday(source: SourceText, readings: Sequence[DateReading]) -> int | None:
    """The weekday after the article's day, where it says it is a day before something and names one day to come."""
    if not _EVE.search(source.plain[:_OPENING]):
        return None
    ahead = {
        reading.meaning.number
        for reading in readings
        if isinstance(reading.meaning, Weekday) and tense_at(source.plain, reading.start, reading.end) is Tense.FUTURE
    }
    return ahead.pop() if len(ahead) == 1 else None


def _how(source: SourceText, latest: DateCandidate, eve: int | None) -> str:
    words = " ".join(source.text[latest.reading.start : latest.reading.end].split())
    said = f'its latest past date is "{words}"'
    if latest.beside is not None:
        said += f"; the year is that of the nearest dated article ({day_in_words(latest.beside)})"
    if eve is not None:
        said += f"; the {WEEKDAY_NAMES[eve - 1]} it looks ahead to is the day after"
    return said


def stated_date_line(source: SourceText, readings: Sequence[DateReading]) -> date | None:
    """The day an article gives itself: a full date that is a line of its own near the head of the text."""
    for reading in readings:
        before, after = source.plain[: reading.start], source.plain[reading.end : reading.end + 2]
        if before.count("\n") > _HEAD_LINES:
            break
        annual = _day_of_year(reading)
        if annual is not None and annual.year is not None and _is_a_line(before, after):
            return _stated_day(annual)
    return None


def _is_a_line(before: str, after: str) -> bool:
    return before.rstrip(" ").endswith("\n") and (not after.strip(" ") or after.lstrip(" ").startswith("\n"))
