"""Typed mentions: the mentions of a sentence that are of the kind that a question asks for.

The factors of a worse fit were chosen by hand; how much the fit counts is fitted for each kind (weights.toml, ty_*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.models import Question, QuestionKind
from bot.answering.reader.amounts import counts_noun, has_duration_unit, has_unit, is_age, is_age_of_asked, units_asked
from bot.answering.reader.span_boundaries import has_part
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Hit, Mention, MentionKind, Token
from retrieval.text.tokens import index_terms

_SECOND_CHOICE = 0.5
"""A kind that is expected, but not first: an organisation for ``who``."""
_OTHER_DETAIL = 0.3
"""A place or date of another sort: a country for ``which city``."""
_OTHER_UNIT = 0.4
"""A number of another unit: hours for ``how many days``."""
_OTHER_SPEAKER = 0.5
"""A quotation of another person."""
_DETAILS = {
    "city": {"city"}, "town": {"city"}, "village": {"city"}, "capital": {"city"},
    "country": {"country"}, "nation": {"country"},
    "region": {"region"}, "state": {"region", "country"}, "province": {"region"}, "county": {"region"},
    "district": {"region"},
    "continent": {"continent"},
}  # fmt: skip
_ANY_PLACE = frozenset({"place", "location", "area", "territory"})
_SETTLED = frozenset({"city", "country", "region", "continent"})
_LABELS = re.compile(
    r"(?:\b(?:articles?|sections?|schedules?|chapters?|pages?|paragraphs?|clauses?|rules?|numbers?|no\.|nos\.|verses?|figures?|"
    r"tables?|volumes?|rooms?|routes?|highways?|channels?|gates?|platforms?|flights?)\s|\d\()$",
    re.IGNORECASE,
)
_CONVERTED = re.compile(r"\d\S*\s?[\w°²³% ]{1,14}\(\s?$")


@dataclass(frozen=True, slots=True)
class TypedMention:
    """A mention that may be the answer: how well its kind fits, 0 to 1."""

    mention: Mention
    fit: float


def typed_mentions(question: Question, terms: QuestionTerms, hit: Hit, index: int) -> list[TypedMention]:
    """The mentions of the expected kinds in a sentence, without those that the question names itself."""
    expected = [mention for mention in hit.mentions_in(index) if mention.kind in question.expected_types]
    if not expected:
        return []
    tokens = hit.tokens[index]
    named = {mention.value for mention in question.analysis.mentions if mention.kind is MentionKind.PLACE}
    found = []
    for mention in expected:
        if _is_no_value(hit, mention):
            continue
        start, end = mention.span.start, mention.span.end
        inside = [at for at, token in enumerate(tokens) if start <= token.start and token.end <= end]
        asked = [tokens[at].term in terms.index for at in inside if tokens[at].content]
        if _is_named(mention, asked) or (mention.kind is MentionKind.PLACE and mention.value in named):
            continue
        if fit := _fit(question, mention, hit, index, inside):
            found.append(TypedMention(mention=mention, fit=fit))
    return found


def _is_no_value(hit: Hit, mention: Mention) -> bool:
    return _is_part_of_a_name(hit, mention) or _is_label(hit, mention) or _is_distance(hit, mention)


def _is_part_of_a_name(hit: Hit, mention: Mention) -> bool:
    """Whether a number belongs to a name: the 1 of Borealis-1."""
    start = mention.span.start - hit.passage.span.start
    return mention.kind is MentionKind.NUMBER and bool(
        re.search(r"[^\W\d]-$", hit.passage.text[max(0, start - 2) : start])
    )


def _is_label(hit: Hit, mention: Mention) -> bool:
    """Whether a number is only a label, "article 19(2)", or repeats a measure in brackets in another unit."""
    start, end = mention.span.start - hit.passage.span.start, mention.span.end - hit.passage.span.start
    before = hit.passage.text[max(0, start - 24) : start]
    if mention.kind is not MentionKind.NUMBER:
        return False
    return bool(
        _LABELS.search(before) or (_CONVERTED.search(before) and hit.passage.text[end : end + 12].find(")") >= 0)
    )


def _is_distance(hit: Hit, mention: Mention) -> bool:
    """Whether a duration is a distance in time and not a length: "a day before"."""
    end = mention.span.end - hit.passage.span.start
    behind = hit.passage.text[end : end + 12]
    return mention.kind is MentionKind.DURATION and bool(re.match(r"\s+(?:before|after|ago|earlier|later)\b", behind))


def _is_named(mention: Mention, asked: Sequence[bool]) -> bool:
    """Whether the question names the mention itself: a person by any part of the name, others by all of it."""
    return any(asked) if mention.kind is MentionKind.PERSON else all(asked)


def _fit(question: Question, mention: Mention, hit: Hit, index: int, inside: Sequence[int]) -> float:
    first = 1.0 if mention.kind is question.expected_types[0] else _SECOND_CHOICE
    if question.kind is QuestionKind.HOW_OLD:
        bound = is_age(hit, index, mention) and is_age_of_asked(question, hit, index, mention, inside)
        return 1.0 if bound else 0.0
    if mention.kind is MentionKind.QUOTE:
        return _fit_of_quote(question, mention)
    if mention.kind is MentionKind.PLACE:
        return first * _fit_of_place(question, mention, hit.passage.words_of(mention.span))
    if mention.kind is MentionKind.DATE:
        return first * _fit_of_date(question, hit.passage.words_of(mention.span), mention)
    return first if _is_of_unit(question, mention, hit.tokens[index], inside) else first * _OTHER_UNIT


def _fit_of_place(question: Question, mention: Mention, words: str) -> float:
    """How well a place fits the noun asked for; a country or a city is no fort and no river."""
    if question.head is None or question.head in _ANY_PLACE:
        return 1.0
    if question.head in _DETAILS:
        return 1.0 if mention.detail in _DETAILS[question.head] else _OTHER_DETAIL
    other = mention.detail in _SETTLED and question.head not in words.casefold()
    return _OTHER_DETAIL if other else 1.0


def _fit_of_quote(question: Question, mention: Mention) -> float:
    """1 where the question names the speaker or the speaker is unknown, less for another speaker."""
    speaker = frozenset(index_terms(mention.value or ""))
    asked = {token.term for token in question.terms}
    return 1.0 if not speaker or speaker & asked else _OTHER_SPEAKER


def _fit_of_date(question: Question, words: str, mention: Mention) -> float:
    part = question.date_part
    value = mention.value or ""
    vague = value.endswith("_REF") or (part is not None and not has_part(part, words, value)) or question.head == "time"
    return _OTHER_DETAIL if vague else 1.0


def _is_of_unit(question: Question, mention: Mention, tokens: Sequence[Token], inside: Sequence[int]) -> bool:
    """Whether a number counts or measures what the question asks for; true where the question names no unit."""
    if question.kind is QuestionKind.HOW_MANY and question.head:
        return counts_noun(question.head, mention, tokens, inside)
    if question.kind is QuestionKind.HOW_LONG and question.head:
        return has_duration_unit(question.head, mention)
    if question.kind is QuestionKind.HOW_MUCH and (units := units_asked(question.text)):
        return has_unit(units, mention)
    return True
