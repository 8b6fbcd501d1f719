"""Span boundaries: the words of an answer are a mention, the part of it that is asked for, or it with its context."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.answering.models import Evidence, Question, QuestionKind
from retrieval.models import AMOUNT_KINDS, Mention, MentionKind, Span

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PART_OF_A_DATE = {
    "year": re.compile(r"\b\d{3,4}s?\b"),
    "month": re.compile(rf"\b(?:{MONTHS})\b"),
    "weekday": re.compile(rf"\b(?:{WEEKDAYS})s?\b"),
}
_PART_OF_A_VALUE = {"year": re.compile(r"\d{4}"), "month": re.compile(r"\d{4}-\d\d")}
_LEAD = re.compile(
    r"(?:the |a )?(?:following|next|past|last|previous|first|entire|whole|same) (?=\w+[ -])|the (?=\d)", re.IGNORECASE
)
_NEARLY = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|approximately|over|under|at least|at most|up to|as many as|as much as|"
    r"close to|(?:more|less|fewer|greater|higher|lower) than)\s+$",
    re.IGNORECASE,
)
_PART_OF_A_PERIOD = re.compile(
    r"\b(?:the )?(?:(?:first|second|latter|last|final|early|later) "
    r"(?:half|part|quarter|third|weeks?|days?|months?|years?|decades?)|end|beginning|middle|start) of (?:the )?$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:to|until|till|through|[-–—])\s*")
_AND = re.compile(r" and ")
_TOGETHER = re.compile(r" of ")
_FROM = re.compile(r"\bbetween $", re.IGNORECASE)
_ENDS = re.compile(r"(\d{3,4})\s?[-–—/]\s?(\d{2,4})$")
_BEGINS_ASKED = re.compile(
    r"\b(?:born|birth|begin|began|begins|begun|beginning|start|starts|started|opened|founded)\b|\bdid\b.*\bopen\b",
    re.IGNORECASE,
)
_ENDS_ASKED = re.compile(
    r"\b(?:die|dies|died|death|end|ends|ended|finish|finished)\b|\bdid\b.*\bclose\b", re.IGNORECASE
)
_LIFE_ASKED = re.compile(r"\b(?:born|birth|die|dies|died|death)\b", re.IGNORECASE)
_LEAST_LIFE = 35
"""In years: a shorter span after a name may be that of an office; chosen by hand."""
_SINCE = re.compile(r"\b(?:ever )?(?:since|until|till) (?:the )?$", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"(?:-| (?:or (?:more|fewer|less|so) )?)((?:[a-z][a-z'’-]*[ -]){0,2}?)([a-z][a-z'’-]*)")
_OF_A_PLACE = re.compile(r"(?: [IVX]+\b)?(?: (?:of|de|von|van|da|di) (?:the )?[A-Z][\w'’-]+)?")
_NUMERAL = re.compile(r"(?: [IVX]+\b)?")
_SIDE = re.compile(
    r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest|northern|southern|eastern|western|central|"
    r"north-eastern|north-western|south-eastern|south-western)(?:ern)? $"
)
_SORT_OF_PLACE = re.compile(
    r" (?:province|region|district|valley|county|peninsula|mountains?|river|island|islands|coast|basin|strait|desert|"
    r"lake|bay|prefecture|oblast|canton)\b"
)


def asked_span(question: Question, mention: Mention, evidence: Evidence) -> Span | None:
    """The span of the value asked for; None where the mention does not have it."""
    if mention.kind is MentionKind.DATE:
        return _asked_of_date(question, mention.span, evidence)
    if mention.kind is MentionKind.DURATION and (lead := _LEAD.match(evidence.hit.passage.words_of(mention.span))):
        return Span(start=mention.span.start + lead.end(), end=mention.span.end)
    if mention.kind in AMOUNT_KINDS:
        return _asked_of_amount(question, mention, evidence)
    return _whole_name(mention, evidence) if mention.kind in {MentionKind.PERSON, MentionKind.PLACE} else mention.span


def has_part(part: str, words: str, value: str) -> bool:
    """Whether a date's words name the part that is asked for, or its value gives it."""
    given = _PART_OF_A_VALUE.get(part)
    return _PART_OF_A_DATE[part].search(words) is not None or (given is not None and given.match(value) is not None)


def _asked_of_date(question: Question, span: Span, evidence: Evidence) -> Span | None:
    words = evidence.hit.passage.words_of(span)
    if (ends := _ENDS.search(words)) is not None:
        return _end_of_range(question, span, ends)
    if (whole := range_around(question, span, evidence)) is not None and _range_fits(question):
        return whole
    part = question.date_part
    if part is not None and (found := _PART_OF_A_DATE[part].search(words)):
        return Span(start=span.start + found.start(), end=span.start + found.end())
    return span if part is not None else _with_period(span, evidence)


def _end_of_range(question: Question, span: Span, ends: re.Match[str]) -> Span | None:
    """The end of ``1919–1980`` that is asked for; a life is distinguished from a term of office by its length."""
    first, last = int(ends[1]), int(ends[1][: -len(ends[2])] + ends[2])
    if _LIFE_ASKED.search(question.text) and last - first < _LEAST_LIFE:
        return None
    if _BEGINS_ASKED.search(question.text):
        return Span(start=span.start + ends.start(1), end=span.start + ends.end(1))
    if _ENDS_ASKED.search(question.text) and len(ends[2]) == len(ends[1]):
        return Span(start=span.start + ends.start(2), end=span.start + ends.end(2))
    return span


def _range_fits(question: Question) -> bool:
    """Whether a range of time may answer: not where only its beginning or its end is asked for."""
    return not (_BEGINS_ASKED.search(question.text) or _ENDS_ASKED.search(question.text))


def range_around(question: Question, span: Span, evidence: Evidence) -> Span | None:
    """The whole of "from 1562 to 1598", "between 1562 and 1598" or "the 16th and 17th centuries" around one end."""
    passage = evidence.hit.passage
    dates = [mention.span for mention in evidence.hit.mentions_in(evidence.index) if mention.kind is MentionKind.DATE]
    for first, last in pairwise(dates):
        if span not in {first, last} or first.end >= last.start:
            continue
        joint = passage.words_of(Span(start=first.end, end=last.start))
        halves = _halves(passage.words_of(first), joint, passage.words_of(last))
        if halves or _TO.fullmatch(joint) or _TOGETHER.fullmatch(joint):
            return Span(start=first.start, end=last.end)
        if _AND.fullmatch(joint) and (opening := _FROM.search(_before(evidence, first.start))):
            asked = re.search(r"\bbetween\b", question.text, re.IGNORECASE) is not None
            return Span(start=first.start - (0 if asked else len(opening[0])), end=last.end)
    return None


def _halves(first: str, joint: str, last: str) -> bool:
    """Whether two centuries share their noun: "the 16th and 17th centuries"."""
    return joint == " and " and last.endswith("centuries") and "centur" not in first


def _with_period(span: Span, evidence: Evidence) -> Span:
    """A date with the part of it that is named before: "first half of the eighteenth century"."""
    start = span.start
    if lead := _PART_OF_A_PERIOD.search(_before(evidence, start)):
        start -= len(lead[0])
    return Span(start=start, end=span.end)


def _whole_name(mention: Mention, evidence: Evidence) -> Span:
    """A name with what completes it: "William of Lund", "southern Italy", "Western Cape province"."""
    start, end = mention.span.start, mention.span.end
    behind = evidence.text[end - evidence.span.start :]
    if mention.kind is MentionKind.PERSON:
        more = (
            _OF_A_PLACE.match(behind)
            if " " not in evidence.hit.passage.words_of(mention.span)
            else _NUMERAL.match(behind)
        )
        return Span(start=start, end=end + (more.end() if more else 0))
    side, sort = _SIDE.search(_before(evidence, start)), _SORT_OF_PLACE.match(behind)
    return Span(start=start - (len(side[0]) if side else 0), end=end + (sort.end() if sort else 0))


def _asked_of_amount(question: Question, mention: Mention, evidence: Evidence) -> Span:
    start, end = mention.span.start, mention.span.end
    if mention.kind is MentionKind.NUMBER and _lacks_unit(question):
        end = _with_unit(mention, evidence)
    if nearly := _NEARLY.search(_before(evidence, start)):
        start -= len(nearly[0])
    else:
        start, end = _between(Span(start=start, end=end), evidence)
    return Span(start=start, end=end)


def _lacks_unit(question: Question) -> bool:
    """Whether the question names no unit, so that a number alone does not answer it."""
    return question.kind is QuestionKind.HOW_MUCH or question.expected_types[:1] == (MentionKind.MONEY,)


def _between(span: Span, evidence: Evidence) -> tuple[int, int]:
    """Both ends of "between 150 and 200", with the word between."""
    passage = evidence.hit.passage
    amounts = [mention.span for mention in evidence.hit.mentions_in(evidence.index) if mention.kind in AMOUNT_KINDS]
    for first, last in pairwise(amounts):
        if first.end < last.start and (first.start <= span.start < first.end or last.start <= span.start < last.end):
            joint = passage.words_of(Span(start=first.end, end=last.start))
            opening = _FROM.search(_before(evidence, first.start))
            if opening and _AND.fullmatch(joint):
                return first.start - len(opening[0]), max(last.end, span.end)
    return span.start, span.end


def _with_unit(mention: Mention, evidence: Evidence) -> int:
    """Where the noun that a number counts ends, in "151 votes"; the number's own end where it has none near."""
    unit = (mention.value or "").partition(" ")[2]
    behind = evidence.hit.passage.words_of(Span(start=mention.span.start, end=evidence.span.end))[
        mention.span.end - mention.span.start :
    ]
    found = _UNIT_BEHIND.match(behind)
    if not unit or found is None or not found[2].startswith(unit[:3]):
        return mention.span.end
    return mention.span.end + found.end()


def since_or_until(span: Span, evidence: Evidence) -> Span | None:
    """The span of a duration with one end: ``since the 1950s``, ``until 1796``."""
    lead = _SINCE.search(_before(evidence, span.start))
    return Span(start=span.start - len(lead[0]), end=span.end) if lead else None


def _before(evidence: Evidence, start: int) -> str:
    """The words of the sentence before a position of the article."""
    return evidence.text[: start - evidence.span.start]
