"""The grammar of what recurs: every Monday, daily, Sunday mornings, three times a week, per year."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.tables import any_of
from retrieval.timex.expressions import DateReading, Fixed
from retrieval.timex.grammar import Grammar, SourceText, whole
from retrieval.timex.vocabulary import (
    DAY_PARTS,
    MONTHS,
    NUMBER,
    SOME,
    UNIT,
    WEEKDAYS,
    duration_value,
    quantity_of,
    unit_of,
)

RECURRENCES = Grammar()
SET = MentionKind.SET
_RHYTHMS = tables.values("calendar.txt", "rhythm")


@RECURRENCES.rule(_RHYTHMS, rf"{any_of(_RHYTHMS)}\b(?!-)")
def _rhythm(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    is_a_paper = source.is_capital(found.start()) and source.is_capital(found.end() + 1)
    return () if is_a_paper else whole(found, SET, Fixed(_RHYTHMS[found[0]]))


@RECURRENCES.rule(
    ("every", "each"),
    rf"(?:every|each)_(?:single_)?(?:(?P<count>other|{NUMBER}|few|couple_of)_)?(?:(?P<weekday>{any_of(WEEKDAYS)})|"
    rf"(?P<month>{any_of(MONTHS)})|(?P<part>{any_of(DAY_PARTS)})|(?P<unit>{UNIT}))\b",
)
def _every(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
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


@RECURRENCES.rule(
    (*(f"{day}s" for day in WEEKDAYS), *WEEKDAYS, "weekends", "weekdays"),
    rf"(?:(?P<weekday>{any_of(WEEKDAYS)})(?:s|_(?P<part>{any_of(DAY_PARTS)})s)|weekends|weekdays)\b(?!')",
)
def _repeated_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if not found["weekday"]:
        return whole(found, SET, Fixed("XXXX-WXX-WE" if found[0] == "weekends" else "P1D"))
    part = f"T{DAY_PARTS[found['part']]}" if found["part"] else ""
    return whole(found, SET, Fixed(f"XXXX-WXX-{WEEKDAYS[found['weekday']]}{part}"))


_RATED = re.compile(
    r"(?:\b(?:once|twice|times|[mb]illion|trillion|thousand|hundred|percent|dollars|euros|pounds)|\d|%)[ \n]$"
)


@RECURRENCES.rule(
    ("a", "an", "per"), r"(?P<per>an?|per)_(?P<unit>second|minute|hour|day|night|week|month|quarter|year|decade)\b(?!-)"
)
def _rate(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if found["per"] != "per" and not _RATED.search(source.before(found, 24)):
        return ()
    return whole(found, SET, Fixed(duration_value("1", found["unit"])))
