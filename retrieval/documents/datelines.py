"""Where, when and by whom an article says it was written: ``ANKARA, January 6. /TASS/.``, ``LONDON (Reuters) -``."""

from __future__ import annotations

import re
from datetime import date

from pydantic import PositiveInt

from retrieval.models import Record
from retrieval.text.tables import any_of
from retrieval.timex.vocabulary import MONTH_NAMES, SHORT_MONTHS, WEEKDAY_NAMES, month_of


class ParsedDateline(Record):
    """The head of a paragraph that is not part of its sentences; ``length`` counts its code points.

    ``title`` is what a line such as ``Title: ...`` gives.
    """

    length: PositiveInt
    place: str | None = None
    outlet: str | None = None
    day: date | None = None
    title: str | None = None


_MONTH = rf"(?:{any_of((*MONTH_NAMES, *map(str.capitalize, SHORT_MONTHS)))}\b\.?)"
_ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\s?[+-]\d{2}:?\d{2})?)?"
_MONTH_DAY = rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
_DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?"
_WEEKDAY = rf"(?:{any_of(WEEKDAY_NAMES)},?\s+)?"
_DAY = rf"{_WEEKDAY}(?:{_ISO}|{_MONTH_DAY}|{_DAY_MONTH})"
_CAPITALS = r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-ZÀ-ÖØ-Þ'’.-]*[A-ZÀ-ÖØ-Þ.]"
_PLACE_IN_CAPITALS = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_REGION = rf"(?:,\s+{_NAME}(?:\s+{_NAME}){{0,2}})?"
_PLACE = rf"(?P<place>{_PLACE_IN_CAPITALS}){_REGION}"
_ANY_PLACE = rf"(?P<place>{_NAME}(?:[ /]{_NAME}){{0,2}}){_REGION}"
_SLASHED = r"/(?P<outlet>[^/\n]{2,40})/"
_BRACKETED = r"\((?P<outlet>[A-Z][^()\n]{1,40})\)"
_DASH = r"\s*(?:[–—―]|-{1,2})\s+"
_BODY_FOLLOWS = r"(?=[\"“‘'«„`(\[]*[A-Z0-9À-ÖØ-Þ])"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<day>{_DAY})\.?$",
        rf"{_ANY_PLACE}(?:,?\s+(?P<day>{_DAY}))?[.,]?\s*{_SLASHED}(?:[.:]|{_DASH}|(?=\s|$))",
        rf"{_ANY_PLACE}(?:,?\s+(?P<day>{_DAY}))?[.,]?\s*{_BRACKETED}(?:{_DASH}{_BODY_FOLLOWS}|$)",
        rf"{_ANY_PLACE},\s+(?P<day>{_DAY}){_DASH}{_BODY_FOLLOWS}",
        rf"{_PLACE}(?:,\s+(?P<day>{_DAY}))?{_DASH}{_BODY_FOLLOWS}",
        rf"{_PLACE},\s+(?P<day>{_DAY})\.?$",
        rf"(?=\S{{4}}){_PLACE}$",
        rf"{_ANY_PLACE},\s+(?P<day>{_DAY})\.?$",
        rf"{_BRACKETED}{_DASH}{_BODY_FOLLOWS}",
        r"[Bb][Yy]\s+[A-Z][\w'’.-]+(?:\s+(?:and\s+|de\s+|van\s+|von\s+)?[A-Z][\w'’.-]+){1,5}(?:,[^.!?]{0,60})?$",
    )
)
_NOT_PLACES = re.compile(r"BREAKING|UPDATED?|EXCLUSIVE|ANALYSIS|OPINION|WATCH|PHOTOS?|VIDEO|CORRECTION|LIVE|FACTBOX")
_KEYED_DAY = re.compile(
    rf"(?i:date|published(?:\s+(?:on|at))?|publication date|posted(?:\s+on)?|updated|last updated)\s*[:=]?\s+"
    rf"(?P<day>{_DAY})(?=\s|$)"
)
_KEYED_WORDS = re.compile(
    r"(?P<key>(?i:title|headline|source|outlet|publisher|author|byline|by|url|link|place|location))\s*:\s+(?P<words>[^\n]+)"
)


def read_dateline(paragraph: str) -> ParsedDateline | None:
    """The metadata and dateline at the start of ``paragraph``, or None where it starts with a sentence."""
    facts: dict[str, object] = {}
    place = _read_metadata(paragraph, facts)
    rest = paragraph[place:]
    for form in _FORMS:
        match = form.match(rest)
        if match and _is_plausible(match):
            facts.update(_facts(match))
            place += match.end()
            break
    if place == 0:
        return None
    return ParsedDateline.model_validate({"length": len(paragraph[:place].rstrip()), **facts})


def read_day(words: str) -> date | None:
    """The calendar day that ``words`` name in full, or None where the year or more is missing or no such day exists."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if re.match(rf"{_WEEKDAY}\d{{4}}-", words):
        return _day(*numbers[:3])
    month = re.search(_MONTH, words)
    if month is None or len(numbers) != 2:
        return None
    return _day(numbers[1], month_of(month[0].lower()), numbers[0])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_metadata(paragraph: str, facts: dict[str, object]) -> int:
    """Reads ``date 2022-01-06`` and ``Source: ...`` at the start into ``facts``; where they end."""
    place = 0
    while True:
        match = _KEYED_DAY.match(paragraph, place)
        if match:
            facts["day"] = read_day(match["day"])
        else:
            match = _KEYED_WORDS.match(paragraph, place)
            if match is None:
                return place
            facts.update(_keyed_fact(match["key"].lower(), match["words"].strip()))
        place = match.end() + len(paragraph[match.end() :]) - len(paragraph[match.end() :].lstrip())


def _keyed_fact(key: str, words: str) -> dict[str, object]:
    if key in {"title", "headline"}:
        return {"title": words}
    if key in {"source", "outlet", "publisher"}:
        return {"outlet": words}
    return {"place": words} if key in {"place", "location"} else {}


def _is_plausible(match: re.Match[str]) -> bool:
    place = match.groupdict().get("place")
    return place is None or _NOT_PLACES.match(place) is None


def _facts(match: re.Match[str]) -> dict[str, object]:
    groups = match.groupdict()
    day = read_day(groups["day"]) if groups.get("day") else None
    facts = {"place": groups.get("place"), "outlet": groups.get("outlet"), "day": day}
    return {key: value for key, value in facts.items() if value is not None}
