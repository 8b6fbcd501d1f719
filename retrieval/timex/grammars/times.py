"""The grammar of times of day: 10:30 a.m. EST, 18:00 UTC, noon, five o'clock, and bare mornings and evenings."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.tables import any_of
from retrieval.timex.expressions import Clock, DateReading, DayPart, Origin, Relative
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole
from retrieval.timex.grammars.relative import CLAUSE_END
from retrieval.timex.vocabulary import CARDINALS, DAY_PARTS, STEPS

TIMES = Grammar()
TIME = MentionKind.TIME
_ZONES = tables.lists("date_words.txt")["zone"]
_ZONE = (
    rf"(?: (?P<open>\()?\b(?P<zone>{any_of(_ZONES)}|local time|"
    r"(?:eastern|pacific|central|mountain)(?: (?:standard|daylight))?(?: time)?)\b"
    r"(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?(?(open)\)))"
)
_ZONE_NAME = r" (?:utc|gmt|bst|cest|cet)\b"
_HALF = r"(?P<half>[ap]\.m\b\.?|[ap]m\b)"
_UNIVERSAL = tables.lists("date_words.txt")["universal_zone"]


def _clock(hour: int, minute: int, half: str | None, found: re.Match[str]) -> Clock | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59:
        return None
    written = found.groupdict().get("zone") or ""
    shifted = re.search(r"[+-] ?\d", found[0]) is not None
    return Clock(f"T{hour:02}:{minute:02}", zone="Z" if written in _UNIVERSAL and not shifted else "")


@TIMES.rule(
    (DIGIT,), rf"(?<![\w.:,$])(?<!\d-)(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d)(?::\d\d)?)?(?: ?|\n){_HALF}{_ZONE}?"
)
def _half_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    clock = _clock(int(found["hour"]), int(found["minute"] or 0), found["half"], found)
    return whole(found, TIME, clock) if clock else ()


@TIMES.rule(
    (DIGIT,),
    rf"(?<![\w.:,$-])(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d)(?::\d\d)?|\.(?P<minutes>\d\d)(?={_ZONE_NAME}))(?![\d:])"
    rf"{_ZONE}?(?: ?(?:hours|hrs)\b)?",
)
def _full_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    before = source.before(found, 10)
    if not (
        found["zone"]
        or re.search(r"\b(?:at|by|around|from|until|till|before|after|to|and|between|about|since)[ \n]$|, $", before)
    ):
        return ()
    clock = _clock(int(found["hour"]), int(found["minute"] or found["minutes"]), None, found)
    return whole(found, TIME, clock) if clock else ()


@TIMES.rule((DIGIT,), rf"(?<![\w.:,$-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){_ZONE}")
def _four_digits(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    clock = _clock(int(found["hour"]), int(found["minute"]), None, found)
    return whole(found, TIME, clock) if clock else ()


@TIMES.rule(
    (DIGIT, *CARDINALS),
    rf"(?P<hour>\d{{1,2}}|{any_of(CARDINALS)}) o'clock\b(?:_in_the_(?P<part>morning|afternoon|evening)\b)?",
)
def _o_clock(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    hour = int(found["hour"]) if found["hour"].isdecimal() else CARDINALS[found["hour"]]
    half = {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(found["part"] or "")
    clock = _clock(hour, 0, half, found) if half else None
    return whole(found, TIME, clock or Clock("")) if hour <= 24 else ()


@TIMES.rule(("noon", "midday", "midnight"), r"(?:noon|midday|midnight)\b(?!-)")
def _turn_of_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    before = source.before(found, 10)
    if not re.search(r"\b(?:at|by|around|from|until|till|before|after|to|and|about|since|day|[a-z]+day)[ \n]$", before):
        return ()
    return whole(found, TIME, Clock("T24:00" if found[0] == "midnight" else "T12:00"))


@TIMES.rule(DAY_PARTS, rf"{any_of(DAY_PARTS)}\b(?!-|s\b)")
def _part(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, TIME, DayPart(DAY_PARTS[found[0]]))


@TIMES.rule(("the",), rf"the_(?P<part>{any_of(DAY_PARTS)})_(?P<way>before|after){CLAUSE_END}")
def _part_before(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    day = Relative("day", -1 if found["way"] == "before" else 1, Origin.TEXT)
    return whole(found, TIME, Clock(f"T{DAY_PARTS[found['part']]}", day))


@TIMES.rule(
    ("the", "that", "early", "late", "mid"),
    rf"(?:(?:the|that)_)?(?:(?P<step>next|following|previous|same|early|late)_|(?:mid|early|late)-)?"
    rf"(?P<part>{any_of(DAY_PARTS)})\b(?!-|_(?:before|after)\b)",
)
def _named_part(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    code, step = DAY_PARTS[found["part"]], STEPS.get(found["step"] or "")
    return whole(found, TIME, Clock(f"T{code}", Relative("day", step, Origin.TEXT)) if step else DayPart(code))
