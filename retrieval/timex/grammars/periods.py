"""The grammar of longer and named stretches: years, decades, centuries, eras, seasons, quarters, weeks and feasts."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.tables import any_of
from retrieval.timex.expressions import Annual, DateReading, Fixed
from retrieval.timex.grammar import DIGIT, Grammar, SourceText, whole
from retrieval.timex.grammars.days import AND_YEAR, WHICH, monthly_day, which_of, year_in
from retrieval.timex.grammars.years import is_year
from retrieval.timex.values import MOVING_FEASTS
from retrieval.timex.vocabulary import (
    MONTH,
    MONTH_NAMES,
    ORDINAL,
    ORDINALS,
    SEASON,
    SEASONS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    month_of,
    ordinal_of,
)

PERIODS = Grammar()
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@PERIODS.rule((DIGIT,), r"(?<![\w.,$€£¥#/:+%-])(?P<first>(?:1\d|20)\d\d)[-/](?P<last>\d{4}|\d\d)(?![\w/-]|[.,:]\d)")
def _years(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    first = found["first"]
    last = found["last"] if len(found["last"]) == 4 else first[:2] + found["last"]
    if not int(first) < int(last) <= 2100:
        is_month = len(found["last"]) == 2 and 1 <= int(found["last"]) <= 12
        return whole(found, MentionKind.DATE, Fixed(f"{first}-{found['last']}")) if is_month else ()
    return whole(found, MentionKind.DATE, Fixed(f"{first}/{last}"))


@PERIODS.rule((DIGIT,), r"(?<![\w.,$€£¥#/:+%])(?<!\d-)\d{3,4}(?![\w%]|[.,:/]\d|-\w|'s? ?\d)")
def _year(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    number = int(found[0])
    if not 100 <= number < 2100 or not is_year(source.plain, found.start(), found.end()):
        return ()
    return whole(found, MentionKind.DATE, Fixed(f"{number:04}"))


_ERA = r"(?P<era>b\.?c\.?(?:e\b\.?)?|a\.?d\b\.?|c\.?e\b\.?)"


@PERIODS.rule((DIGIT,), rf"(?<![\w.,$-])(?P<year>\d{{1,4}}|\d{{1,2}},\d{{3}}) ?{_ERA}(?!\w)")
def _year_and_era(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    year = int(found["year"].replace(",", ""))
    era_start = found.start("era")
    if year == 0 or not source.is_capital(era_start):
        return ()
    return whole(found, MentionKind.DATE, Fixed(("BC" if found["era"].startswith("b") else "") + f"{year:04}"))


@PERIODS.rule(("ad", "a"), r"a\.?d\.? ?(?P<year>\d{1,4})(?![\w%]|[.,]\d)")
def _era_and_year(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    if not source.text[found.start() : found.start() + 2].replace(".", "").isupper() or not int(found["year"]):
        return ()
    return whole(found, MentionKind.DATE, Fixed(f"{int(found['year']):04}"))


@PERIODS.rule((DIGIT, "the"), r"(?:the_'?)?(?P<decade>1\d{2}0|20\d0|[2-9]0)'?s\b(?!-)")
def _decade(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    written = found["decade"]
    before = source.before(found, 8)
    if len(written) == 2 and not (found[0].startswith("the") or re.search(r"(?:\b(?:early|late|mid)[ -]|')$", before)):
        return ()
    written = written if len(written) == 4 else f"19{written}"
    is_century = written.endswith("00") and written < "2000"
    return whole(found, MentionKind.DATE, Fixed(written[: 2 if is_century else 3]))


@PERIODS.rule((DIGIT,), r"(?P<decade>[2-9]0)s\b(?!-)")
def _second_decade(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """The 80s of "the 70s and 80s"."""
    if not re.search(r"\b(?:19)?[2-9]0'?s,?(?:[ \n](?:and|or|to))?[ \n]$", source.before(found, 14)):
        return ()
    return whole(found, MentionKind.DATE, Fixed(f"19{found['decade'][0]}"))


_OF_THE_YEAR = re.compile(r"(?:\b(?:in|since|of|from|until|by|before|after|during|early|late|class of)[ \n]|\()$")
_YOUNG = 30  # two digits below it are years of this century: '29 is 2029, '30 is 1930


@PERIODS.rule((DIGIT,), r"(?<=')(?P<year>\d\d)\b(?![%'’.,:]\d|s\b)")
def _short_year(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """The 82 of "in '82"."""
    if not _OF_THE_YEAR.search(source.plain[max(0, found.start() - 14) : found.start() - 1]):
        return ()
    year = _in_full(found["year"])
    return (DateReading(found.start() - 1, found.end(), MentionKind.DATE, Fixed(str(year))),)


def _in_full(short: str) -> int:
    return (2000 if int(short) < _YOUNG else 1900) + int(short)


_DECADE_WORDS = tables.values("calendar.txt", "decade")


@PERIODS.rule(("the",), rf"the_(?P<decade>{any_of(_DECADE_WORDS)})\b")
def _decade_words(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Fixed(_DECADE_WORDS[found["decade"]]))


@PERIODS.rule(
    ("the", DIGIT, *ORDINALS, *(word.split("-")[0] for word in ORDINALS)),
    rf"(?:the_)?(?P<first>{ORDINAL})(?:[- ]|\n)(?:(?:and|or|to)_(?:the_)?(?P<last>{ORDINAL})[- ])?"
    rf"(?P<word>centur(?:y|ies))\b(?: {_ERA}(?!\w))?",
)
def _century(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    before = "BC" if (found["era"] or "").startswith("b") else ""
    first = Fixed(f"{before}{ordinal_of(found['first']) - 1:02}")
    if found["last"] is None:
        return whole(found, MentionKind.DATE, first)
    last = Fixed(f"{before}{ordinal_of(found['last']) - 1:02}")
    return (
        DateReading(found.start(), found.end("first"), MentionKind.DATE, first),
        DateReading(found.start("last"), found.end(), MentionKind.DATE, last),
    )


_IN_SEASON = re.compile(r"\b(?:in|since|until|by|during|early|late|mid)[ \n-]$")
_SEASON_ACTS = re.compile(r"[ \n](?:is|was|will|has|had|shows|saw|came|brings|begins|ends)\b")


@PERIODS.rule(
    ("last", "next", "this", "past", "the", *SEASONS),
    rf"(?:(?:the_)?{WHICH}|the_)?(?P<season>{SEASON})"
    r"(?:,?_(?:of_)?(?P<year>(?:1\d|20)\d\d)(?:[-/]\d\d(?:\d\d)?)?\b(?![%:]|[,.]\d)|_of_'(?P<short>\d\d)\b)?"
    r"(?!-| (?:for|down|apart|back|short|asleep|into|to|in love|water|roll))",
)
def _season(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    code = SEASONS[found["season"]]
    year = year_in(found) or (_in_full(found["short"]) if found["short"] else None)
    is_said = found["which"] or year or _IN_SEASON.search(source.before(found, 14))
    if not (is_said or (found[0] == found["season"] and _SEASON_ACTS.match(source.after(found, 10)))):
        return ()
    annual = Annual(f"XXXX-{code}", _SEASON_MONTH[code], found["season"], year, which=which_of(found))
    return whole(found, MentionKind.DATE, annual)


_MONEY_TALK = re.compile(
    r"profit|revenue|earning|sales|loss|income|growth|gdp|dividend|shares?\b|billion|million|fiscal|results|econom|"
    r"compared|percent|per cent|year"
)
_WORK_TALK = re.compile(r"production|output|compan|market|shipment|deliver|forecast|analyst|invest|plants")
_PLAY = re.compile(
    r"touchdown|yards?\b|quarterback|points? lead|coach|rebounds?\b|free throws?|scor(?:ed|ing)|field goal"
)
_QUARTERS = r"(?P<place>first|second|third|fourth|final|1st|2nd|3rd|4th)"
_OF_YEAR = rf"(?:,?_(?:of_)?(?:fiscal_)?(?P<year>{YEAR}))?"


@PERIODS.rule(
    ("the", "fiscal", "first", "second", "third", "fourth", "final", DIGIT, "q1", "q2", "q3", "q4", "h1", "h2"),
    rf"(?:the_)?(?:(?:fiscal_)?{_QUARTERS}(?:[ -]|\n)(?:fiscal_)?(?P<unit>quarter|half)|(?P<short>[qh][1-4]))"
    rf"\b(?!-final|s\b){_OF_YEAR}",
)
def _quarter(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    around = source.plain[max(0, found.start() - 150) : found.end() + 150]
    is_business = _MONEY_TALK.search(around) or (found["unit"] and _WORK_TALK.search(around))
    if not found["year"] and (not is_business or _PLAY.search(around)):
        return ()
    unit = (found["short"] or found["unit"])[0].upper()
    place = int(found["short"][1]) if found["short"] else ordinal_of(found["place"])
    place = min(place, 2) if unit == "H" else place
    name = f"the {'quarter' if unit == 'Q' else 'half-year'}"
    return whole(found, MentionKind.DATE, Annual(f"XXXX-{unit}{place}", place, name, year_in(found)))


@PERIODS.rule(
    ("fiscal", "fy", *(f"fy{year}" for year in range(1990, 2050)), *(f"fy{year:02}" for year in range(100))),
    rf"(?:fiscal_(?:year_)?|fy ?)(?:(?P<year>{YEAR})|(?<=fy)(?P<short>\d\d)\b)(?:[-/]\d\d(?:\d\d)?\b)?",
)
def _fiscal_year(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, MentionKind.DATE, Fixed(f"FY{found['year'] or '20' + found['short']}"))


@PERIODS.rule(
    ("the", "first", "second", "third", "fourth", "last"),
    rf"(?:the_)?(?P<place>first|second|third|fourth|last)_(?:full_)?(?P<unit>week|{WEEKDAY})_(?:of|in)_"
    rf"(?P<month>{MONTH}){AND_YEAR}",
)
def _place_in_month(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    place, month = -1 if found["place"] == "last" else ordinal_of(found["place"]), month_of(found["month"])
    unit = WEEKDAYS.get(found["unit"], "week")
    annual = Annual(f"{unit} {place} of {month:02}", month, MONTH_NAMES[month - 1], year_in(found))
    return whole(found, MentionKind.DATE, annual)


_FEASTS = {name: (row[1], row[0]) for row in tables.lines("feasts.txt") for name in row[1:]}
"""Each name of a feast with its usual name and its day of the year or, where that moves, its month."""
_FEAST_NAMES = any_of(set(_FEASTS) - {"easter"})


def _title(feast: str) -> str:
    return " ".join(word.capitalize() for word in feast.split())


_FEAST_STARTS = {re.split(r"[^a-z]", name)[0] for name in _FEASTS}
_FEAST_THINGS = r"(?:tree|party|carol|gift|island|egg|rising|song|album|shopping|sales|movie)"


@PERIODS.rule(
    _FEAST_STARTS,
    rf"(?P<feast>{_FEAST_NAMES}|easter(?!n))\b(?!_{_FEAST_THINGS})(?:,?_(?:of_|in_)?(?P<year>{YEAR}))?",
)
def _feast(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    feast, day = _FEASTS[found["feast"]]
    if not (source.is_capital(found.start()) or feast.startswith(("christmas", "easter", "the"))):
        return ()
    if feast == "the fourth of july":
        return whole(found, MentionKind.DATE, monthly_day(7, 4, year_in(found)))
    form = feast if feast in MOVING_FEASTS else f"XXXX-{day}"
    return whole(found, MentionKind.DATE, Annual(form, int(day[:2]), _title(feast), year_in(found)))
