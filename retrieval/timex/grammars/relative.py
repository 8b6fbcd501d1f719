"""The grammar of days and periods named by their place: today, last week, the next day, that month, a year earlier."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text.tables import any_of
from retrieval.timex.expressions import Clock, DateReading, Origin, Relative
from retrieval.timex.grammar import Grammar, SourceText, whole
from retrieval.timex.vocabulary import DAY_PARTS, ORDINALS, STEPS

RELATIVE_DATES = Grammar()
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_PERIOD = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century)"
_LONG_PERIOD = r"(?:week|weekend|month|quarter|year|decade|century)"
CLAUSE_END = (
    r"(?=\s*(?:[.,;:!?)\"]|$|\n|--|—|_(?:and|but|when|while|as|because|after)\b))(?!_(?:the|that|he|she|it|they)\b)"
)


@RELATIVE_DATES.rule(_DAYS, r"today|yesterday|tomorrow")
def _near_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if _is_part_of_a_name(found, source):
        return ()
    return whole(found, MentionKind.DATE, Relative("day", _DAYS[found[0]]))


def _is_part_of_a_name(found: re.Match[str], source: SourceText) -> bool:
    """USA Today, Russia Today: a capital that no sentence start explains."""
    return source.is_capital(found.start()) and re.search(r"[^\W\d_] $", source.before(found, 2)) is not None


@RELATIVE_DATES.rule(("the",), r"the_day_(?:before_(?P<back>yesterday)|after_tomorrow)\b")
def _two_days_off(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Relative("day", -2 if found["back"] else 2))


@RELATIVE_DATES.rule(
    ("tonight", "last", "this", *_DAYS),
    r"(?:tonight|last_(?:night|evening)|this_(?:morning|afternoon|evening)|"
    r"(?:yesterday|tomorrow|today)(?:'s)?_(?:morning|afternoon|evening|night))\b",
)
def _near_time(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    first, *rest = found[0].replace("'s", "").split()
    code = DAY_PARTS[rest[0]] if rest else "NI"
    count = -1 if first == "last" else _DAYS.get(first, 0)
    return whole(found, MentionKind.TIME, Clock(f"T{code}", Relative("day", count)))


_NEAR = {"last": -1, "latest": -1, "past": -1, "this": 0, "current": 0, "present": 0}
_NEAR |= {"next": 1, "coming": 1, "upcoming": 1}


@RELATIVE_DATES.rule(
    ("last", "this", "next", "past", "coming", "the"),
    r"(?:the_(?P<the>last|latest|current|present|coming|upcoming)|this_(?:past|coming)|last|this|next|past|coming)_"
    rf"(?:calendar_|fiscal_|financial_)?(?P<unit>{_LONG_PERIOD})\b(?!-(?:end|long|old))",
)
def _near_period(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    is_its_length = found["unit"] == "decade" and not found[0].startswith("this")
    if is_its_length or (found["the"] == "last" and _is_stretch(found, source)):
        return ()
    word = next(word for word in reversed(found[0].split()) if word in _NEAR)
    return whole(found, MentionKind.DATE, Relative(found["unit"], _NEAR[word]))


def _is_stretch(found: re.Match[str], source: SourceText) -> bool:
    """Over the last week: its length, not its place on the calendar; for the last year is a place."""
    words = (
        r"over|within|during|through" if found["unit"] in ("year", "quarter") else r"in|for|over|within|during|through"
    )
    return re.search(rf"\b(?:{words})[ \n]$", source.before(found, 12)) is not None


_STREAK = r"(?P<unit>day|week|weekend|month|quarter|year)"
_NTH = rf"(?:{any_of(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"


@RELATIVE_DATES.rule(
    ("the", "a", "an", "its", "their", "his", "her"),
    rf"(?:the|an?|its|their|his|her)_{_NTH}_(?:(?:consecutive|straight|successive|running)_{_STREAK}\b|"
    rf"{_STREAK.replace('unit', 'last')}_(?:in_a_row|running|in_succession)\b)",
)
def _streak(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """A third day in a row is the day that the text speaks of."""
    unit = found["unit"] or found["last"]
    return whole(found, MentionKind.DATE, Relative(unit, 0, origin_of(unit) if unit == "year" else Origin.EITHER))


@RELATIVE_DATES.rule(ORDINALS, rf"{_NTH}_(?:consecutive_|straight_)?{_STREAK}(?:_(?:in_a_row|running))\b")
def _bare_streak(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Relative(found["unit"], 0, Origin.EITHER))


@RELATIVE_DATES.rule(("the",), r"the_(?P<unit>week|month|year|weekend)_before_last\b")
def _before_last(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Relative(found["unit"], -2))


_THROUGH = re.compile(r"\b(?:for|of|in|over|throughout|during)[ \n]$")


@RELATIVE_DATES.rule(("the",), r"the_(?:whole|entire|full)_(?P<unit>day|week|month|quarter|year)\b(?!['-])")
def _whole_period(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if not _THROUGH.search(source.before(found, 14)):
        return ()
    return whole(found, MentionKind.DATE, Relative(found["unit"], 0, Origin.EITHER))


def origin_of(unit: str) -> Origin:
    """News counts a year earlier from its own year where it has named no other date; finer units need one."""
    return Origin.EITHER if unit == "year" else Origin.TEXT


@RELATIVE_DATES.rule(
    ("the", "that", "same"),
    rf"(?:the_(?P<step>{any_of(STEPS)})|(?:the_|that_)?(?:very_)?same|that)_"
    rf"(?P<unit>{_PERIOD})\b(?!')(?P<rest>_(?:as|period)\b)?",
)
def _named_period(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    is_length = found["step"] == "next" and re.search(
        r"\b(?:in|over|within|during|for)[ \n]$", source.before(found, 12)
    )
    if found["rest"] or is_length:
        return ()
    count, unit = STEPS.get(found["step"] or "", 0), found["unit"]
    return whole(found, MentionKind.DATE, Relative(unit, count, origin_of(unit) if count else Origin.TEXT))


@RELATIVE_DATES.rule(("the",), rf"the_(?P<unit>day|week|month|year)_(?P<way>before|after|previous|earlier){CLAUSE_END}")
def _period_before(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    count, unit = 1 if found["way"] == "after" else -1, found["unit"]
    return whole(found, MentionKind.DATE, Relative(unit, count, origin_of(unit)))


@RELATIVE_DATES.rule(
    ("a", "one"), rf"(?:a|one)_(?P<unit>day|week|month|year|decade)_(?P<way>earlier|later|before|after){CLAUSE_END}"
)
def _one_before(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    count, unit = -1 if found["way"] in ("earlier", "before") else 1, found["unit"]
    return whole(found, MentionKind.DATE, Relative(unit, count, origin_of(unit)))


_A_YEAR_BACK = (
    r"(?:_(?:of_|in_)?(?:the_)?"
    r"(?P<back>(?:last|previous|prior)_year|year_(?:before|earlier)|a_year_(?:ago|earlier|before)))"
)


@RELATIVE_DATES.rule(
    ("the",),
    r"the_(?:same|corresponding|comparable|year-ago|year-earlier)_"
    rf"(?P<unit>period|time|month|quarter|week|day|weekend){_A_YEAR_BACK}?\b",
)
def _same_period(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if not found["back"] and "year-" not in found[0]:
        return ()
    unit = found["unit"] if found["unit"] in ("month", "quarter", "week", "day") else "period"
    return whole(found, MentionKind.DATE, Relative(f"same {unit}", -1, Origin.TEXT))


@RELATIVE_DATES.rule(("this",), r"this_time_(?P<which>last|next)_(?P<unit>week|month|year)\b")
def _this_time(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Relative(found["unit"], _NEAR[found["which"]]))
