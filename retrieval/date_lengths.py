"""The grammar of durations and repetitions: two weeks, the past decade, a 12-hour flight, every Monday, daily."""

from __future__ import annotations

import re

from retrieval.date_readings import Fixed, Length, Reading
from retrieval.date_relations import _COUNT_STARTS as COUNT_STARTS
from retrieval.date_relations import APPROXIMATE
from retrieval.date_rules import DIGIT, Grammar, Source, group, whole
from retrieval.date_words import (
    CARDINALS,
    DAY_PARTS,
    GAP,
    MONTHS,
    NUMBER,
    QUANTITY,
    SOME,
    UNIT,
    WEEKDAYS,
    any_of,
    duration_value,
    quantity_of,
    unit_of,
    with_half,
)
from retrieval.models import MentionKind

LENGTHS = Grammar()
DURATION, SET = MentionKind.DURATION, MentionKind.SET
_WINDOW = rf"(?:(?:the|these|those|its|his|her|their|our){GAP})?(?:last|past|next|first|previous|preceding|coming|following|final|recent|intervening){GAP}"
_FULL = rf"(?:(?:more|full|whole|entire|straight|consecutive|additional|further|extra|long|solid|calendar|business|working|successive){GAP})?"
_HALF = rf"(?:(?:{GAP}|-)and(?:{GAP}|-)(?:a|one)(?:{GAP}|-)half)"


def _length(count: str, unit: str) -> Length:
    return Length(count, unit, duration_value(count, unit))


@LENGTHS.rule(
    ("a", "an", "per", "each"),
    rf"(?:an?|per){GAP}(?P<unit>second|minute|hour|day|night|week|month|quarter|year|decade)\b(?!-)",
)
def _rate(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    before = source.plain[max(0, found.start() - 24) : found.start()]
    counted = re.search(
        r"(?:\b(?:once|twice|times|[mb]illion|trillion|thousand|hundred|percent|dollars|euros|pounds)|\d|%)[ \n]$",
        before,
    )
    if not (counted or found[0].startswith("per")):
        return ()
    return whole(found, SET, Fixed(duration_value("1", found["unit"])))


@LENGTHS.rule(
    (*COUNT_STARTS, "the", "these", "those", "its", "his", "her", "their", "last", "past", "next", "first"),
    rf"(?P<window>{_WINDOW})?(?:(?P<about>{APPROXIMATE}){GAP})?(?P<count>{QUANTITY})(?P<half>{_HALF})?(?:{GAP}?-{GAP}?|{GAP}){_FULL}(?P<unit>{UNIT})(?P<half2>{_HALF})?(?P<old>-old\b|{GAP}(?:old|of{GAP}age)\b)?",
)
def _counted(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    unit, count = unit_of(found["unit"]), found["count"]
    if count in ("a", "an", "one") and not (found["half2"] or _is_a_length(found, unit, source)):
        return ()
    amount = quantity_of(count)
    amount = with_half(amount) if found["half"] or found["half2"] else amount
    detail = "APPROX" if found["about"] else "age" if found["old"] else None
    return whole(found, DURATION, _length(amount, unit), detail)


def _is_a_length(found: re.Match[str], unit: str, source: Source) -> bool:
    """Whether a day, a second, a quarter measure time here."""
    if found["count"] == "one" and (unit != "day" or "-" in found[0]):
        return True
    if unit in ("second", "quarter", "night", "weekend") or found["unit"].endswith("s"):
        return False
    if unit not in ("day", "minute"):
        return True
    near = source.plain[max(0, found.start() - 16) : found.start()]
    after = source.plain[found.end() : found.end() + 8]
    return (
        re.match(r"[ \n](?:after|before)\b", after) is not None
        or re.search(
            r"\b(?:for|in|within|after|than|only|just|about|nearly|almost|lasted|took|least|over|under|every)[ \n]$",
            near,
        )
        is not None
    )


@LENGTHS.rule(
    (DIGIT, *CARDINALS),
    rf"(?P<count>{NUMBER})(?:{GAP}?-{GAP}?|{GAP}(?:to|or){GAP})(?={NUMBER}(?:-|{GAP}){_FULL}(?P<unit>{UNIT}))",
)
def _lower_end(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return group(found, "count", DURATION, _length(quantity_of(found["count"]), unit_of(found["unit"])))


@LENGTHS.rule((DIGIT, *CARDINALS), rf"(?P<count>{NUMBER}){GAP}and{GAP}(?={NUMBER}(?:-|{GAP}){_FULL}(?P<unit>{UNIT}))")
def _between(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if not re.search(r"\bbetween[ \n]$", source.plain[max(0, found.start() - 9) : found.start()]):
        return ()
    return group(found, "count", DURATION, _length(quantity_of(found["count"]), unit_of(found["unit"])))


@LENGTHS.rule(
    ("the", "past", "last", "next"),
    rf"(?:the{GAP})?(?P<which>past|last|next|coming|previous){GAP}(?P<unit>day|week|month|year|decade|century|half-century)\b(?!-|{GAP}of\b)",
)
def _stretch(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if not found[0].startswith("the") and "decade" not in found[0]:
        return ()
    unit = found["unit"]
    return whole(found, DURATION, _length("1", unit) if unit != "half-century" else Length("50", "year", "P50Y"))


@LENGTHS.rule(
    ("half", "a", "an", "one"),
    rf"(?:half{GAP}(?:of{GAP})?an?|half(?:-|{GAP})an?|an?{GAP}half|half|one-half)(?:-|{GAP})(?P<unit>hour|day|year|decade|century|month|minute|millennium)\b",
)
def _half(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    halves = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y", "minute": "PT30S"}
    value = halves.get(found["unit"])
    return whole(found, DURATION, Length("0.5", found["unit"], value)) if value else ()


@LENGTHS.rule(
    (
        "days",
        "weeks",
        "months",
        "years",
        "decades",
        "centuries",
        "hours",
        "minutes",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "hour",
    ),
    rf"(?P<unit>day|week|month|year|decade|century|centurie|hour|minute)s?(?P<tail>-?long\b(?!{GAP}(?:ago|as|before|enough))|-old\b)",
)
def _long(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    unit = found["unit"].replace("centurie", "century")
    plural = source.plain[found.end("unit") : found.end("unit") + 1] == "s"
    return whole(found, DURATION, _length(SOME if plural else "1", unit))


_OVER_THE = re.compile(r"\b(?:over|through|throughout|down)[ \n]the[ \n]$")
_MEASURING = re.compile(r"\b(?:for|in|within|after|over|took|take|lasted|spent|through|throughout)[ \n]$")


@LENGTHS.rule(
    ("days", "weeks", "months", "years", "decades", "centuries", "hours", "minutes"),
    r"(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)\b(?!')",
)
def _some(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    before = source.plain[max(0, found.start() - 14) : found.start()]
    after = source.plain[found.end() : found.end() + 14]
    if _OVER_THE.search(before) and not re.match(r"[ \n]of\b", after):
        return whole(found, DURATION, _length(SOME, unit_of(found["unit"])))
    if re.search(r"\b(?:the|those|these|early|last|late|first|final|latter)[ \n]$", before):
        return ()
    if not (_MEASURING.search(before) or re.match(r"[ \n](?:of|in the making)\b", after)):
        return ()
    return whole(found, DURATION, _length(SOME, unit_of(found["unit"])))


_RHYTHMS = {
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
}
_RHYTHMS |= {
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annual": "P1Y",
    "annually": "P1Y",
    "hourly": "PT1H",
    "biannual": "P6M",
    "biennial": "P2Y",
}


@LENGTHS.rule(_RHYTHMS, rf"{any_of(_RHYTHMS)}\b(?!-)")
def _rhythm(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if source.is_capital(found.start()) and source.text[found.end() + 1 : found.end() + 2].isupper():
        return ()
    return whole(found, SET, Fixed(_RHYTHMS[found[0]]))


@LENGTHS.rule(
    ("every", "each"),
    rf"(?:every|each){GAP}(?:single{GAP})?(?:(?P<count>other|{NUMBER}|few|couple{GAP}of){GAP})?"
    rf"(?:(?P<weekday>{any_of(WEEKDAYS)})|(?P<month>{any_of(MONTHS)})|(?P<part>{any_of(DAY_PARTS)})|(?P<unit>{UNIT}))\b",
)
def _every(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, SET, Fixed(_every_value(found)))


def _every_value(found: re.Match[str]) -> str:
    if found["weekday"]:
        return f"XXXX-WXX-{WEEKDAYS[found['weekday']]}"
    if found["month"]:
        return f"XXXX-{MONTHS[found['month']]:02}"
    if found["part"]:
        return f"XXXX-XX-XXT{DAY_PARTS[found['part']]}"
    written = found["count"] or "one"
    count = "2" if written in ("other", "couple of") else SOME if written == "few" else quantity_of(written)
    return duration_value(count, unit_of(found["unit"]))


@LENGTHS.rule(
    (*(f"{day}s" for day in WEEKDAYS), *WEEKDAYS, "weekends", "weekdays"),
    rf"(?:(?P<weekday>{any_of(WEEKDAYS)})(?:s|(?:{GAP})(?P<part>{any_of(DAY_PARTS)})s)|weekends|weekdays)\b(?!')",
)
def _repeated_day(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if not found["weekday"]:
        return whole(found, SET, Fixed("XXXX-WXX-WE" if found[0] == "weekends" else "P1D"))
    part = f"T{DAY_PARTS[found['part']]}" if found["part"] else ""
    return whole(found, SET, Fixed(f"XXXX-WXX-{WEEKDAYS[found['weekday']]}{part}"))
