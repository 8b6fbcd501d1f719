"""The grammar of relative dates: today, last week, two days later, that month, now, and the words that lean on a date."""

from __future__ import annotations

import re

from retrieval.date_readings import Clock, Fixed, Leaning, Length, Origin, Reading, Relative, Step
from retrieval.date_rules import DIGIT, Grammar, Source, whole
from retrieval.date_words import (
    CARDINALS,
    DAY_PARTS,
    GAP,
    QUANTITY,
    SOME,
    UNIT,
    any_of,
    duration_value,
    quantity_of,
    unit_of,
)
from retrieval.models import MentionKind

RELATIONS = Grammar()
DATE, TIME = MentionKind.DATE, MentionKind.TIME
_PART = rf"{any_of(DAY_PARTS)}\b"
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_CLAUSE_END = (
    rf"(?=\s*(?:[.,;:!?)\"]|$|\n|--|—|{GAP}(?:and|but|when|while|as|because|after|that|he|she|it|they|the)\b))"
)


@RELATIONS.rule(("today", "yesterday", "tomorrow"), r"today|yesterday|tomorrow")
def _near_day(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if _is_part_of_a_name(found, source):
        return ()
    return whole(found, DATE, Relative("day", _DAYS[found[0]]))


def _origin(unit: str) -> Origin:
    """News counts a year earlier from its own year where it has told no other date; finer units need one."""
    return Origin.EITHER if unit == "year" else Origin.TEXT


def _is_part_of_a_name(found: re.Match[str], source: Source) -> bool:
    """USA Today, The Daily Mail: a capital that no sentence start explains."""
    if not source.is_capital(found.start()):
        return False
    return re.search(r"[^\W\d_][ ]$", source.plain[max(0, found.start() - 2) : found.start()]) is not None


@RELATIONS.rule(("the",), rf"the{GAP}day{GAP}(?:before{GAP}(?P<back>yesterday)|after{GAP}tomorrow)\b")
def _two_days_off(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, DATE, Relative("day", -2 if found["back"] else 2))


@RELATIONS.rule(
    ("tonight", "last", "this", "yesterday", "tomorrow", "today"),
    rf"tonight\b|(?:last{GAP}(?:night|evening)|this{GAP}(?:morning|afternoon|evening)|"
    rf"(?:yesterday|tomorrow|today)(?:'s)?{GAP}(?:morning|afternoon|evening|night))\b",
)
def _near_time(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    first, *rest = found[0].replace("'s", "").split()
    if not rest:
        return whole(found, TIME, Clock("TNI", Relative("day", 0)))
    count = {"last": -1, "this": 0}.get(first, _DAYS.get(first, 0))
    return whole(found, TIME, Clock(f"T{DAY_PARTS[rest[0]]}", Relative("day", count)))


_PERIOD = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century)"
_NEAR = {"last": -1, "latest": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "present": 0}


@RELATIONS.rule(
    ("last", "this", "next", "past", "coming", "the"),
    rf"(?:the{GAP}(?P<the>last|latest|current|present|coming|upcoming)|this{GAP}(?:past|coming)|last|this|next|past|coming){GAP}"
    rf"(?:calendar{GAP}|fiscal{GAP}|financial{GAP})?(?P<unit>week|weekend|month|quarter|year|decade|century)\b(?!-(?:end|long|old))",
)
def _near_period(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if "decade" in found[0] and "this" not in found[0]:
        return ()
    if found["the"] == "last" and _is_stretch(found, source):
        return ()
    word = next(word for word in reversed(found[0].split()) if word in _NEAR or word == "upcoming")
    return whole(found, DATE, Relative(found["unit"], _NEAR.get(word, 1)))


def _is_stretch(found: re.Match[str], source: Source) -> bool:
    """Over the last week: its length, not its place on the calendar."""
    before = source.plain[max(0, found.start() - 12) : found.start()]
    is_long = found["unit"] in ("year", "quarter")
    return (
        re.search(
            r"\b(?:over|within|during|through)[ \n]$" if is_long else r"\b(?:in|over|within|during|for|through)[ \n]$",
            before,
        )
        is not None
    )


@RELATIONS.rule(
    ("the", "that", "same"),
    rf"(?:the{GAP}(?P<step>previous|preceding|prior|following|next|subsequent)|(?:the{GAP}|that{GAP})?(?:very{GAP})?(?P<same>same)|that){GAP}(?P<unit>{_PERIOD})\b(?!')"
    rf"(?P<rest>{GAP}(?:as|period)\b)?",
)
def _told_period(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    before = source.plain[max(0, found.start() - 12) : found.start()]
    if found["rest"] or (found["step"] == "next" and re.search(r"\b(?:in|over|within|during|for)[ \n]$", before)):
        return ()
    count = {"previous": -1, "preceding": -1, "prior": -1, None: 0}.get(found["step"], 1)
    unit = found["unit"]
    return whole(found, DATE, Relative(unit, count, _origin(unit) if count else Origin.TEXT))


@RELATIONS.rule(
    ("the",),
    rf"the{GAP}(?P<unit>day|week|month|year)(?:{GAP}(?P<way>before|after|previous|earlier)){_CLAUSE_END}(?!{GAP}(?:the|that|he|she|it|they)\b)",
)
def _period_before(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, DATE, Relative(found["unit"], 1 if found["way"] == "after" else -1, _origin(found["unit"])))


@RELATIONS.rule(
    ("the",),
    rf"the{GAP}(?:same|corresponding|comparable|year-ago|year-earlier){GAP}(?P<unit>period|time|month|quarter|week|day|weekend)"
    rf"(?:{GAP}(?:of{GAP})?(?:the{GAP})?(?P<back>(?:last|previous|prior){GAP}year|year{GAP}(?:before|earlier)|a{GAP}year{GAP}(?:ago|earlier|before)|in{GAP}the{GAP}previous{GAP}year))?\b",
)
def _same_period(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if not found["back"] and "year-" not in found[0]:
        return ()
    unit = found["unit"] if found["unit"] in ("month", "quarter", "week", "day") else "period"
    return whole(found, DATE, Relative(f"same {unit}", -1, Origin.TEXT))


@RELATIONS.rule(("this",), rf"this{GAP}time{GAP}(?P<which>last|next){GAP}(?P<unit>week|month|year)\b")
def _this_time(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, DATE, Relative(found["unit"], _NEAR[found["which"]]))


_COUNT_STARTS = (DIGIT, *CARDINALS, "a", "an", "several", "many", "few", "hundred", "thousand", "hundreds", "thousands")
_COUNT_STARTS += ("tens", "dozens", "millions", "million", "scores", "some", "about", "almost", "nearly", "around")
_COUNT_STARTS += (
    "approximately",
    "roughly",
    "more",
    "just",
    "only",
    "over",
    "days",
    "weeks",
    "months",
    "years",
    "decades",
)
_COUNT_STARTS += ("hours", "minutes", "centuries", "moments", "half", "long")
APPROXIMATE = r"(?:about|almost|nearly|around|approximately|roughly|some)"


@RELATIONS.rule(
    _COUNT_STARTS,
    rf"(?:(?P<about>{APPROXIMATE}){GAP})?(?:(?P<count>{QUANTITY})(?P<half>{GAP}and{GAP}a{GAP}half)?(?:-|{GAP}))?(?:more{GAP})?(?P<unit>{UNIT})(?P<half2>{GAP}and{GAP}a{GAP}half)?{GAP}"
    rf"(?P<way>ago\b|earlier\b|later\b(?!{GAP}(?:than|this|in{GAP}the{GAP}(?:day|week|month|year|season)))|previously\b|afterwards?\b|from{GAP}now\b|hence\b|before{_CLAUSE_END}(?!{GAP}\w)|after{_CLAUSE_END}(?!{GAP}\w)|on(?=,))",
)
def _so_long_ago(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    if source.is_capital(found.start("way")):
        return ()
    unit = unit_of(found["unit"])
    way = found["way"].split()[0]
    kind = TIME if unit in ("second", "minute", "hour") else DATE
    back = way in ("ago", "earlier", "previously", "before")
    origin = Origin.ARTICLE if way in ("ago", "from", "hence", "on") else Origin.TEXT
    mod = "APPROX" if found["about"] else None
    count = quantity_of(found["count"]) if found["count"] else SOME
    if found["half"] or found["half2"] or not count.isdecimal() or kind is TIME:
        vague = "PAST_REF" if way == "ago" and kind is DATE else None
        return whole(found, kind, Fixed(vague), mod)
    years = {"decade": 10, "century": 100, "millennium": 1000}.get(unit)
    steps = int(count) * (years or 1)
    return whole(found, kind, Relative("year" if years else unit, -steps if back else steps, origin), mod)


@RELATIONS.rule(
    _COUNT_STARTS + ("the",),
    rf"(?:the(?={GAP}(?:day|week|month|year)\b)|(?P<count>{QUANTITY})){GAP}(?P<unit>days?|weeks?|months?|years?){GAP}(?P<way>before|after|from(?={GAP}(?:today|tomorrow|the))|prior{GAP}to|following)(?={GAP})",
)
def _step(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    """Counts only before a date, two days after Christmas: the composition joins it or drops it."""
    count = quantity_of(found["count"]) if found["count"] else "1"
    if not count.isdecimal():
        return ()
    unit, back = unit_of(found["unit"]), found["way"].startswith(("before", "prior"))
    return whole(found, DATE, Step(unit, -int(count) if back else int(count), _without_date(found, unit, count)))


def _without_date(found: re.Match[str], unit: str, count: str) -> Reading | None:
    """What a step means before no date: a length (two days before the launch), or a day that is not known."""
    if found["count"]:
        length = Length(count, unit, duration_value(count, unit))
        return Reading(found.start(), found.end("unit"), MentionKind.DURATION, length)
    return Reading(found.start(), found.end("way"), DATE, Fixed(None)) if found["way"] in ("before", "after") else None


@RELATIONS.rule(
    ("a", "an", "one"),
    rf"(?:a|one){GAP}(?P<unit>day|week|month|year|decade){GAP}(?P<way>earlier|later|before|after){_CLAUSE_END}(?!{GAP}(?:the|that|he|she|it|they)\b)",
)
def _one_before(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    back = found["way"] in ("earlier", "before")
    return whole(found, DATE, Relative(found["unit"], -1 if back else 1, _origin(found["unit"])))


_LEANINGS = {"early": "START", "late": "END", "mid": "MID", "earlier": None, "later": None}
_LEANINGS |= {"beginning": "START", "start": "START", "end": "END", "middle": "MID", "close": "END", "dawn": "START"}


@RELATIONS.rule(
    ("early", "late", "mid", "earlier", "later"),
    rf"(?:very{GAP})?(?:early|late|mid|earlier|later)(?:(?:(?<=mid)|(?<=early)|(?<=late))-|{GAP})(?:on{GAP}|in{GAP}(?=the{GAP}(?:day|week|month|year)\b))?",
)
def _leaning(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, DATE, Leaning(_LEANINGS[re.findall(r"[a-z]+", found[0].replace("very", ""))[0]]))


@RELATIONS.rule(
    ("the", "beginning", "start", "end", "middle"),
    rf"(?:the{GAP})?(?:very{GAP})?(?P<edge>beginning|start|end|middle|close){GAP}of{GAP}",
)
def _edge(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    return whole(found, DATE, Leaning(_LEANINGS[found["edge"]]))


_PART_OF = re.compile(
    r"\b(?:beginning|start|end|middle|close|half|quarter) of[ \n]$|\b(?:early|late|earlier|later) in[ \n]$"
)


@RELATIONS.rule(("the",), rf"the{GAP}(?P<unit>day|week|month|year|weekend|quarter|decade|century)\b(?!')")
def _the_period(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    """The year, the day: only after a leaning (the end of the year, later in the day)."""
    unit = found["unit"]
    if unit == "weekend":
        return whole(found, DATE, Relative("weekend", 0))
    before = source.plain[max(0, found.start() - 26) : found.start()]
    if not _PART_OF.search(before) or before.endswith("at the end of "):
        return ()
    return whole(found, DATE, Relative(unit, 0, Origin.EITHER if unit == "day" else Origin.ARTICLE))


_REFERENCES = {
    "PRESENT_REF": rf"now(?!-)|right{GAP}now|currently|nowadays|presently|at{GAP}present|at{GAP}the{GAP}moment|these{GAP}days|"
    rf"at{GAP}this{GAP}(?:time|moment)",
    "PAST_REF": rf"(?:more{GAP}|most{GAP}|very{GAP}|until{GAP})?recently|lately|recent{GAP}(?:years|months|weeks|days|times|history)|recent(?={GAP}[a-z])|"
    rf"the{GAP}(?:recent{GAP}|distant{GAP})?past(?=[.,;)'\"])|in{GAP}the{GAP}past(?={GAP}(?!(?:few|several|two|three|four|five|six|seven|eight|nine|ten|decade|year|month|week|day|century|couple|hour|season|half|quarter|\d)))",
    "FUTURE_REF": rf"the{GAP}(?:near{GAP}|foreseeable{GAP}|immediate{GAP})?future(?=[.,;)'\"]|$)|(?:very{GAP})?soon(?=[.,;!?)'\"]|$)|"
    rf"the{GAP}(?:near|foreseeable|immediate){GAP}future",
}


@RELATIONS.rule(
    ("now", "right", "currently", "nowadays", "presently", "at", "these", "recently", "more", "most", "very", "lately")
    + ("recent", "the", "in", "soon", "until"),
    "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _REFERENCES.items()) + r")(?!\w)",
)
def _reference(found: re.Match[str], source: Source) -> tuple[Reading, ...]:
    name = next(name for name in _REFERENCES if found[name])
    if found[0] in ("recent", "soon") and re.search(
        r"\b(?:most|as|so|too|how)[ \n]$", source.plain[max(0, found.start() - 8) : found.start()]
    ):
        return ()
    return whole(found, DATE, Fixed(name))
