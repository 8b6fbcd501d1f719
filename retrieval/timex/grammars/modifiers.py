"""The grammar of words that modify a date (late, the end of) and of those that name none (now, recently, soon)."""

from __future__ import annotations

import re

from retrieval.models import MentionKind
from retrieval.timex.expressions import DateModifier, DateReading, Fixed, Origin, Relative
from retrieval.timex.grammar import Grammar, SourceText, whole
from retrieval.timex.vocabulary import words_of

MODIFIERS = Grammar()
DATE = MentionKind.DATE
_MODS = {"early": "START", "late": "END", "mid": "MID", "earlier": None, "later": None}
_EDGES = {"beginning": "START", "start": "START", "end": "END", "close": "END", "middle": "MID"}


@MODIFIERS.rule(
    ("very", *_MODS),
    r"(?:very_)?(?P<word>early|late|mid|earlier|later)(?:(?:(?<=mid)|(?<=early)|(?<=late))-|_)"
    r"(?:on_|in_(?=the_(?:day|week|month|year)\b))?",
)
def _modifier(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DATE, DateModifier(_MODS[found["word"]]))


@MODIFIERS.rule(("the", *_EDGES), r"(?:the_)?(?:very_)?(?P<edge>beginning|start|end|middle|close)_of_")
def _edge(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DATE, DateModifier(_EDGES[found["edge"]]))


@MODIFIERS.rule(
    ("early", "late", "earlier", "later"),
    r"(?P<word>early|late|earlier|later)_in_the_(?P<unit>day|week|month|year)\b(?!')",
)
def _modifier_in(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    unit = found["unit"]
    origin = Origin.EITHER if unit == "day" else Origin.ARTICLE
    return whole(found, DATE, Relative(unit, 0, origin), _MODS[found["word"]])


_PART_OF = re.compile(
    r"\b(?:beginning|start|end|middle|close|half|quarter) of[ \n]$|\b(?:early|late|earlier|later) in[ \n]$"
)
_ON = re.compile(r"\b(?:on|for)[ \n]$")
_DESCRIBED = re.compile(r"[ \n](?:that|when|of|before|after|he|she|it|they|we|i|you|the|his|her)\b")
"""The day that they came: a day that only its clause describes."""
_IDIOM = "at the end of "
_SESSION = re.compile(r"\b(?:end|finish|start|begin|close|open)(?:s|ed|ing|ned|ning|es)?[ \n]$|\b(?:began|begun)[ \n]$")
"""What is done to a day that is meant as a day of trading, of play, of a sitting."""


@MODIFIERS.rule(("year", "month", "the"), r"(?:the_)?(?P<unit>year|month)(?:[- ]end|'s_end)\b")
def _period_end(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DATE, Relative(found["unit"], 0), "END")


@MODIFIERS.rule(("that",), r"that_time\b(?!_(?:of|when|the|he|she|it|they|in)\b)")
def _that_time(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    return whole(found, DATE, Relative("time", 0, Origin.TEXT))


@MODIFIERS.rule(("the",), r"the_(?P<unit>day|week|month|year|weekend|quarter|decade|century)\b(?!')")
def _the_period(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    """The year, the day: only as part of a larger expression (the end of the year, later in the day)."""
    unit, before = found["unit"], source.before(found)
    if unit == "weekend":
        return whole(found, DATE, Relative("weekend", 0))
    is_part = _PART_OF.search(before) and not (unit == "day" and before.endswith(_IDIOM))
    is_closed = _ON.search(before) and source.after(found, 1) in (".", ",", ";")
    is_sitting = _SESSION.search(before) and not _DESCRIBED.match(source.after(found, 12))
    is_session = unit == "day" and (is_closed or is_sitting)
    if not (is_part or is_session):
        return ()
    return whole(found, DATE, Relative(unit, 0, Origin.EITHER if unit == "day" else Origin.ARTICLE))


_COUNTED = (
    r"(?:few|several|two|three|four|five|six|seven|eight|nine|ten|decade|year|month|week|day|century|couple|hour|season|"
    r"half|quarter|\d)"
)
_PRESENT = (
    r"now(?!-)|right_now|currently|nowadays|presently|at_present|at_the_moment|"
    r"at_this_(?:time|moment)|these_days|the_time_being"
)
_PAST = (
    r"(?:more_|most_|very_|until_)?recently|lately|recent_(?:years|months|weeks|days|times|history)|recent(?=_[a-z])|"
    rf"the_(?:recent_|distant_)?past(?=[.,;)'\"])|in_the_past(?=_(?!{_COUNTED}))"
)
_FUTURE = (
    r"the_future(?=[.,;)'\"]|$)|the_(?:near|foreseeable|immediate)_future|"
    r"the_(?:near|short|medium|long|longer)_(?:term|run)\b(?!-)|(?:the_)?coming_(?:days|weeks|months|years)|"
    r"(?:very_)?soon(?=[.,;!?)'\"]|$)"
)
_PROSPECT = re.compile(r"\b(?:in|over|for|during)[ \n]$")
_REFERENCES = {"present": "PRESENT_REF", "past": "PAST_REF", "future": "FUTURE_REF"}


@MODIFIERS.rule(
    words_of(
        "now right currently nowadays presently at these recently more most very lately recent the in soon until coming"
    ),
    rf"(?:(?P<present>{_PRESENT})|(?P<past>{_PAST})|(?P<future>{_FUTURE}))(?!\w)",
)
def _reference(found: re.Match[str], source: SourceText) -> tuple[DateReading, ...]:
    is_degree = re.search(r"\b(?:most|as|so|too|how)[ \n]$", source.before(found, 8))
    is_prospect = _PROSPECT.search(source.before(found, 8)) or not found[0].endswith((" term", " run"))
    if (found[0] in ("recent", "soon") and is_degree) or not is_prospect:
        return ()
    return whole(found, DATE, Fixed(next(value for name, value in _REFERENCES.items() if found[name])))
