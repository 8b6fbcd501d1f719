"""The grammar of counted dates: two days ago, three weeks later, the day after Christmas."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.tables import any_of
from retrieval.timex.expressions import DateReading, DurationExpression, Fixed, Origin, Relative, Step
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole
from retrieval.timex.grammars.relative import CLAUSE_END
from retrieval.timex.vocabulary import (
    CARDINALS,
    MONTH,
    QUANTITY,
    SOME,
    UNIT,
    UNITS,
    WEEKDAY,
    duration_value,
    quantity_of,
    unit_of,
    words_of,
)

OFFSETS = Grammar()
DATE, TIME = MentionKind.DATE, MentionKind.TIME
_APPROXIMATE_WORDS = tables.lists("date_words.txt")["approximate"]
APPROXIMATE = any_of(_APPROXIMATE_WORDS)
QUANTITY_STARTS = (
    DIGIT,
    *CARDINALS,
    *words_of(
        "a an several many few hundred thousand million hundreds thousands millions tens dozens scores half long"
    ),
    *_APPROXIMATE_WORDS,
    *(f"{unit}s" for unit in UNITS),
)
_HALF = r"_and_a_half"
_NOT_LATER = r"(?!_(?:than|this|in_the_(?:day|week|month|year|season)))"
_WAY = (
    rf"(?P<way>ago\b|earlier\b|later\b{_NOT_LATER}|previously\b|afterwards?\b|from_now\b|hence\b|"
    rf"before{CLAUSE_END}(?!_\w)|after{CLAUSE_END}(?!_\w)|on(?=,))"
)
_YEARS_IN = {"decade": 10, "century": 100, "millennium": 1000}


@OFFSETS.rule(
    QUANTITY_STARTS,
    rf"(?:(?P<about>{APPROXIMATE})_)?(?:(?P<count>{QUANTITY})(?P<half>{_HALF})?(?:-|_))?(?:more_)?(?P<unit>{UNIT})"
    rf"(?P<latehalf>{_HALF})?_{_WAY}",
)
def _so_long_ago(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if source.is_capital(found.start("way")):
        return ()
    unit, mod = unit_of(found["unit"]), "APPROX" if found["about"] else None
    count = quantity_of(found["count"]) if found["count"] else SOME
    is_countable = count.isdecimal() and not (found["half"] or found["latehalf"])
    if unit in ("second", "minute", "hour"):
        return whole(found, TIME, Fixed(None), mod)
    if not is_countable:
        return whole(found, DATE, Fixed("PAST_REF" if found["way"] == "ago" else None), mod)
    return whole(found, DATE, _counted(unit, int(count), found["way"].split()[0]), mod)


def _counted(unit: str, count: int, way: str) -> Relative:
    side = -1 if way in ("ago", "earlier", "previously", "before") else 1
    origin = Origin.ARTICLE if way in ("ago", "from", "hence", "on") else Origin.TEXT
    if unit in _YEARS_IN:
        return Relative("year", side * count * _YEARS_IN[unit], origin)
    return Relative(unit, side * count, origin)


@OFFSETS.rule(
    (*QUANTITY_STARTS, "the"),
    rf"(?:the(?=_(?:day|week|month|year)\b)|(?P<count>{QUANTITY}))_(?P<unit>days?|weeks?|months?|years?)_"
    rf"(?P<way>before|after|from(?=_(?:today|tomorrow|the|{WEEKDAY}|{MONTH}))|prior_to|following)(?=_)",
)
def _step(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """Counts only before a date, two days after Christmas: the parser joins it or drops it."""
    count, unit = quantity_of(found["count"] or "a"), unit_of(found["unit"])
    if not count.isdecimal():
        return ()
    side = -1 if found["way"].startswith(("before", "prior")) else 1
    return whole(found, DATE, Step(unit, side * int(count), _without_date(found, unit, count)))


def _without_date(found: re.Match[str], unit: str, count: str) -> DateReading | None:
    """What a step means before no date: a length (two days before the launch), or a day that is not known."""
    if found["count"]:
        length = DurationExpression(count, unit, duration_value(count, unit))
        return DateReading(found.start(), found.end("unit"), MentionKind.DURATION, length)
    is_day = found["way"] in ("before", "after")
    return DateReading(found.start(), found.end("way"), DATE, Fixed(None)) if is_day else None
