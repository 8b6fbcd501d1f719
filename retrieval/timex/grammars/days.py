"""The grammar of days: figures, days and months in words, months, days of the week."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text.tables import any_of
from retrieval.timex.expressions import Annual, DateReading, Fixed, Numeric, Weekday
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole
from retrieval.timex.vocabulary import (
    DAY,
    MONTH,
    MONTH_NAMES,
    MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    STEPS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    month_of,
)

DAYS = Grammar()
_ALL_MONTHS = (*MONTHS, *SHORT_MONTHS)
WHICH = r"(?P<which>last|next|this(?:_(?:past|coming))?|past|coming)_"
_SIDES = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 0}
AND_YEAR = rf"(?:(?: ?,?_|,)(?:of_(?:the_year_)?)?(?P<year>{YEAR})(?!_(?:people|men|women|workers|others)\b))?"
LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TO = r" ?(?:-|/|to|and|or|through|till|until|&) ?"


def which_of(found: re.Match[str]) -> int:
    """-1 for last, 1 for next, 0 for this or none."""
    return _SIDES[found["which"].split()[-1]] if found["which"] else 0


def day_of(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def monthly_day(month: int, day: int, year: int | None = None, last: int | None = None) -> Annual:
    """A day of a month, or the days up to ``last``."""
    form = f"XXXX-{month:02}-{day:02}"
    if last is not None:
        form += f"/XXXX-{month:02}-{last:02}"
    return Annual(form, month, MONTH_NAMES[month - 1], year)


def monthly(month: int, year: int | None = None, which: int = 0) -> Annual:
    return Annual(f"XXXX-{month:02}", month, MONTH_NAMES[month - 1], year, which=which)


def year_in(found: re.Match[str]) -> int | None:
    written = found["year"]
    return int(written) if written else None


@DAYS.rule((DIGIT,), r"(?<![\d.,/-])(\d{4})([-/.])(\d\d?)\2(\d\d?)(?![\d-]|[/.]\d)")
def _iso(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    return whole(found, MentionKind.DATE, monthly_day(month, day, year))


@DAYS.rule((DIGIT,), r"(?<![\w.,/$-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|(?<=/)\d\d)(?![\w/-]|[.,]\d)")
def _numeric(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    year = int(found[4]) + (0 if len(found[4]) == 4 else 1900 if int(found[4]) > 50 else 2000)
    first, second = int(found[1]), int(found[3])
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return ()
    return whole(found, MentionKind.DATE, Numeric(first, second, year, dotted=found[2] == "."))


@DAYS.rule((DIGIT,), r"9/11(?![\w/-]|\.\d)")
def _september_11(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Fixed("2001-09-11"))


@DAYS.rule(
    ("the", DIGIT),
    rf"(?<![\d.,:$])(?:the_)?(?P<first>{DAY})(?:{_TO}(?P<last>{DAY}))?_(?:day_)?(?:of_)?"
    rf"(?P<month>{MONTH}){AND_YEAR}",
)
def _day_month(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return _days(found)


@DAYS.rule(
    _ALL_MONTHS,
    rf"(?P<month>{MONTH}),?_(?:the_)?(?P<first>{DAY})"
    rf"(?:{_TO}(?P<last>{DAY})(?!_(?:{MONTH}|[a-z]+s\b)))?{AND_YEAR}",
)
def _month_day(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if found["month"].startswith("may") and not (source.is_capital(found.start()) or found["first"][-1:].isdigit()):
        return ()
    return _days(found)


def _days(found: re.Match[str]) -> tuple[DateReading, ...]:
    """One reading for a day or a dashed span of days, two for days joined by a word."""
    month, year = month_of(found["month"]), year_in(found)
    first, last = day_of(found["first"]), day_of(found["last"] or "0")
    if max(first, last) > LONGEST[month - 1]:
        return ()
    if not last:
        return whole(found, MentionKind.DATE, monthly_day(month, first, year))
    if first < last and "-" in found.string[found.end("first") : found.start("last")]:
        return whole(found, MentionKind.DATE, monthly_day(month, first, year, last))
    return (
        DateReading(found.start(), found.end("first"), MentionKind.DATE, monthly_day(month, first, year)),
        DateReading(found.start("last"), found.end(), MentionKind.DATE, monthly_day(month, last, year)),
    )


@DAYS.rule(_ALL_MONTHS, rf"(?P<month>{MONTH}) ?,?_(?:of_)?(?:(?P<year>{YEAR})|'(?P<short>\d\d)\b)")
def _month_year(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    year = int(found["year"]) if found["year"] else 2000 + int(found["short"])
    return whole(found, MentionKind.DATE, monthly(month_of(found["month"]), year))


@DAYS.rule(
    ("the", "first", "last"),
    rf"(?:the_)?(?P<edge>first|last)_day_of_(?P<month>{MONTH})(?<!february)(?<!feb\.)(?<!feb){AND_YEAR}",
)
def _edge_of_month(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    month = month_of(found["month"])
    day = 1 if found["edge"] == "first" else LONGEST[month - 1]
    return whole(found, MentionKind.DATE, monthly_day(month, day, year_in(found)))


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|during|through|throughout|before|after|between|of|to|and|or|early|late|mid|"
    r"earlier|later|every|each|as of|week|for)[ \n]$|[a-z](?:-|/)$"
)
_SURELY_IN = re.compile(
    r"\b(?:in|since|until|till|during|through|throughout|early|late|mid|"
    r"(?:end|start|beginning|middle|month) of)[ \n]$|\bmid-$"
)


@DAYS.rule(
    ("last", "next", "this", "past", "coming", *MONTHS),
    rf"(?:{WHICH})?(?P<month>{any_of(MONTHS)})\b(?!')",
)
def _month(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    is_said = found["which"] and (source.is_capital(found.start("month")) or found["which"] != "this")
    if not is_said and not _is_month(found, source):
        return ()
    return whole(found, MentionKind.DATE, monthly(month_of(found["month"]), which=which_of(found)))


@DAYS.rule(_ALL_MONTHS, rf"(?P<month>{any_of(MONTHS)}|{any_of(SHORT_MONTHS)}\.)(?='s?\b)")
def _month_possessive(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if found["month"] in ("may", "april", "june", "august") or not _is_month(found, source):
        return ()
    return whole(found, MentionKind.DATE, monthly(month_of(found["month"])))


def _is_month(found: re.Match[str], source: SourceText) -> bool:
    """Whether the name means the month, and not for a verb, a modal or a person."""
    start, end, name = found.start("month"), found.end("month"), found["month"]
    before = source.plain[max(0, start - 20) : start]
    if _SURELY_IN.search(before):
        return True
    if not source.is_capital(start):
        return name not in ("may", "march", "august") and _BEFORE_MONTH.search(before) is not None
    if name == "may":
        return re.search(r"\b(?:by|of|from|and|to)[ \n]$", before) is not None
    if name not in ("march", "april", "june", "august"):
        return True
    surname_follows = re.match(r" [A-Z][a-z]", source.text[end : end + 3]) is not None
    return not surname_follows and (name != "march" or _BEFORE_MONTH.search(before) is not None)


@DAYS.rule(
    SHORT_WEEKDAYS,
    rf"(?P<weekday>{any_of(SHORT_WEEKDAYS)})\b\.?,?_"
    rf"(?:(?P<month>{MONTH})_(?P<day>{DAY})|(?P<leadingday>{DAY})_(?P<latermonth>{MONTH})){AND_YEAR}",
)
def _short_weekday(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    month, day = month_of(found["month"] or found["latermonth"]), day_of(found["day"] or found["leadingday"])
    annual = monthly_day(month, day, year_in(found))._replace(weekday=SHORT_WEEKDAYS[found["weekday"]])
    return whole(found, MentionKind.DATE, annual)


_PAPER = re.compile(
    r" (?:Times|Telegraph|Mirror|Mail|Express|Herald|Tribune|Post|Sun|Independent|Night (?:Live|Football)|School)\b"
)
_NAMED_DAY = re.compile(r"\b(?:Bloody|Super|Ruby|Giving|Sheffield|Casual|Man|Girl|Shrove|Maundy|Fat) $")


@DAYS.rule(("the",), rf"the_(?P<side>{any_of(set(STEPS) - {'next'})})_(?P<weekday>{WEEKDAY})")
def _counted_weekday(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    which = STEPS[found["side"]]
    return whole(found, MentionKind.DATE, Weekday(WEEKDAYS[found["weekday"]], which, from_text=True))


@DAYS.rule(
    ("last", "next", "this", "past", "coming", "the", *WEEKDAYS),
    rf"(?:(?:the_)?{WHICH})?(?P<weekday>{WEEKDAY})",
)
def _weekday(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    before = source.text[max(0, found.start() - 12) : found.start()]
    if _PAPER.match(source.text, found.end()) or _NAMED_DAY.search(before):
        return ()
    if before.endswith("Black "):
        return whole(found, MentionKind.DATE, Fixed(None))
    usual = 1 if found["which"] == "this" else -1
    return whole(found, MentionKind.DATE, Weekday(WEEKDAYS[found["weekday"]], which_of(found), usual=usual))
