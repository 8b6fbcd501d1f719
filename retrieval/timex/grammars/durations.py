"""The grammar of durations: two weeks, the past decade, a 12-hour flight, between 60 and 90 days, for years."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.timex.expressions import DateReading, DurationExpression
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole
from retrieval.timex.grammars.offsets import APPROXIMATE, QUANTITY_STARTS
from retrieval.timex.vocabulary import (
    CARDINALS,
    NUMBER,
    QUANTITY,
    SOME,
    UNIT,
    duration_value,
    quantity_of,
    unit_of,
    with_half,
    words_of,
)

DURATIONS = Grammar()
DURATION = MentionKind.DURATION
_WINDOW = (
    r"(?:(?:the|these|those|its|his|her|their|our)_)?"
    r"(?:last|past|next|first|previous|preceding|coming|following|final|recent|intervening)_"
)
_FULL = (
    r"(?:(?:more|full|whole|entire|straight|consecutive|additional|further|extra|long|solid|calendar|business|working|"
    r"successive)_)?"
)
_HALF = r"(?:(?:_|-)and(?:_|-)(?:a|one)(?:_|-)half)"


def _length(count: str, unit: str) -> DurationExpression:
    return DurationExpression(count, unit, duration_value(count, unit))


@DURATIONS.rule(
    (
        *QUANTITY_STARTS,
        *words_of("the these those its his her their our last past next first previous final following"),
    ),
    rf"(?:{_WINDOW})?(?:(?P<about>{APPROXIMATE})_)?(?P<count>{QUANTITY})(?P<half>{_HALF})?(?:_?-_?|_){_FULL}"
    rf"(?P<unit>{UNIT})(?!-?long\b)(?P<latehalf>{_HALF})?(?P<old>-old\b|_(?:old|of_age)\b)?"
    r"(?!'?_wars?\b)(?!(?<=quarters)_of_the\b)",
)
def _counted(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if found["count"] in ("many", "few") and re.search(r"\bhow[ \n]$", source.before(found, 4)):
        return ()
    unit, has_half = unit_of(found["unit"]), found["half"] or found["latehalf"]
    if found["count"] in ("a", "an", "one") and not (has_half or _is_a_length(found, unit, source)):
        return ()
    count = quantity_of(found["count"])
    detail = "APPROX" if found["about"] else "age" if found["old"] else None
    return whole(found, DURATION, _length(with_half(count) if has_half else count, unit), detail)


_LASTING = re.compile(
    r"\b(?:for|in|within|after|than|only|just|about|nearly|almost|lasted|took|least|over|under|every)[ \n]$"
)


def _is_a_length(found: re.Match[str], unit: str, source: SourceText) -> bool:
    """Whether a day, a second, a quarter, one day measure time here."""
    if found["count"] == "one" and (unit != "day" or "-" in found[0]):
        return True
    if unit in ("second", "quarter", "night", "weekend") or found["unit"].endswith("s"):
        return False
    if unit not in ("day", "minute"):
        return True
    is_followed = re.match(r"[ \n](?:after|before)\b", source.after(found, 8)) is not None
    return is_followed or _LASTING.search(source.before(found, 16)) is not None


@DURATIONS.rule(
    (DIGIT, *CARDINALS), rf"(?P<count>{NUMBER})(?=(?:_?-_?|_(?:to|or|and)_){NUMBER}(?:-|_){_FULL}(?P<unit>{UNIT}))"
)
def _lower_end(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """The 60 of 60 to 90 days; 60 and 90 days only after between."""
    joined = source.after(found, 5).split()
    if joined[:1] == ["and"] and not re.search(r"\bbetween[ \n]$", source.before(found, 9)):
        return ()
    return whole(found, DURATION, _length(quantity_of(found["count"]), unit_of(found["unit"])))


@DURATIONS.rule(
    ("the", "past", "last", "next"),
    r"(?:(?P<the>the)_)?(?:past|last|next|coming|previous)_(?P<unit>day|week|month|year|decade|century|half-century)"
    r"\b(?!-|_of\b)",
)
def _stretch(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    unit = found["unit"]
    if not (found["the"] or unit == "decade"):
        return ()
    return whole(
        found, DURATION, DurationExpression("50", "year", "P50Y") if unit == "half-century" else _length("1", unit)
    )


_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y", "minute": "PT30S"}


@DURATIONS.rule(
    ("half", "a", "an", "one"),
    r"(?:half_(?:of_)?an?|half(?:-|_)an?|an?_half|half|one-half)(?:-|_)(?P<unit>hour|day|year|decade|century|minute)\b",
)
def _half(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DURATION, DurationExpression("0.5", found["unit"], _HALVES[found["unit"]]))


@DURATIONS.rule(
    words_of("day days week weeks month months year years decade decades century centuries hour hours minute minutes"),
    rf"(?P<unit>{UNIT})(?:-?long\b(?!_(?:ago|as|before|enough))|-old\b)",
)
def _long(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DURATION, _length(SOME if found["unit"].endswith("s") else "1", unit_of(found["unit"])))


@DURATIONS.rule(("daylong", "weeklong", "monthlong", "yearlong", "hourlong", "decadelong"), r"(?P<unit>[a-z]+?)long\b")
def _long_in_one(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DURATION, _length("1", found["unit"]))


_MEASURING = re.compile(r"\b(?:for|in|within|after|over|took|take|lasted|spent|through|throughout)[ \n]$")
_OVER_THE = re.compile(r"\b(?:over|through|throughout|down)[ \n]the[ \n]$")
_POINTING = re.compile(r"\b(?:the|those|these|early|last|late|first|final|latter)[ \n]$")


@DURATIONS.rule(
    words_of("days weeks months years decades centuries hours minutes"),
    r"(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)\b(?!')",
)
def _some(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """For years, over the years, decades in the making; not the early days of, nor in the years."""
    before, after = source.before(found, 14), source.after(found, 14)
    is_of = re.match(r"[ \n]of\b", after) is not None
    is_long = re.match(r"[ \n]in the making\b", after) or _MEASURING.search(before) or is_of
    if (_OVER_THE.search(before) and not is_of) or (is_long and not _POINTING.search(before)):
        return whole(found, DURATION, _length(SOME, unit_of(found["unit"])))
    return ()
