"""Which mentions of a sentence are of the kind that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.answering.matching import Needs, mentions_in
from bot.answering.models import Question, QuestionKind
from retrieval.models import Hit, Mention, MentionKind, Token
from retrieval.terms import index_terms, stem

_SECOND_CHOICE = 0.5
_OTHER_DETAIL = 0.3
_OTHER_UNIT = 0.4
_DETAILS = {
    "city": {"city"}, "town": {"city"}, "village": {"city"}, "capital": {"city"},
    "country": {"country"}, "nation": {"country"},
    "region": {"region"}, "state": {"region", "country"}, "province": {"region"}, "county": {"region"},
    "district": {"region"},
    "continent": {"continent"},
}  # fmt: skip
_PEOPLE = (
    "person people man woman child member soldier worker student victim sailor passenger civilian resident officer"
)


@dataclass(frozen=True, slots=True)
class TypedMention:
    """A mention that could be the answer: how well its kind fits and how near the question's words it is, 0 to 1."""

    mention: Mention
    fit: float
    nearness: float


def typed_mentions(question: Question, needs: Needs, hit: Hit, index: int) -> list[TypedMention]:
    """The mentions of the wanted kinds in a sentence that the question does not name itself."""
    if not question.wanted:
        return []
    tokens = hit.tokens[index]
    met = [at for at, token in enumerate(tokens) if token.term in needs.index]
    found = []
    for mention in mentions_in(hit, index):
        if mention.kind not in question.wanted or _is_part_of_a_name(hit, mention) or _is_distance(hit, mention):
            continue
        inside = [
            at for at, token in enumerate(tokens) if mention.span.start <= token.start and token.end <= mention.span.end
        ]
        if _is_named(mention, [tokens[at].term in needs.index for at in inside if tokens[at].content]):
            continue
        if fit := _fit(question, mention, hit, tokens, inside):
            found.append(TypedMention(mention=mention, fit=fit, nearness=_nearness(inside, met)))
    return found


def _is_part_of_a_name(hit: Hit, mention: Mention) -> bool:
    """Whether a number belongs to a name: the 1 of Borealis-1."""
    start = mention.span.start - hit.passage.span.start
    return mention.kind is MentionKind.NUMBER and bool(
        re.search(r"[^\W\d]-$", hit.passage.text[max(0, start - 2) : start])
    )


def _is_distance(hit: Hit, mention: Mention) -> bool:
    """Whether a duration says how far off something is, not how long it lasts: a day before."""
    end = mention.span.end - hit.passage.span.start
    behind = hit.passage.text[end : end + 12]
    return mention.kind is MentionKind.DURATION and bool(re.match(r"\s+(?:before|after|ago|earlier|later)\b", behind))


def _is_named(mention: Mention, asked: Sequence[bool]) -> bool:
    """Whether the question names the mention itself: a person by any part of the name, others by all of it."""
    return any(asked) if mention.kind is MentionKind.PERSON else all(asked)


def _fit(question: Question, mention: Mention, hit: Hit, tokens: Sequence[Token], inside: Sequence[int]) -> float:
    fit = 1.0 if mention.kind is question.wanted[0] else _SECOND_CHOICE
    if mention.kind is MentionKind.PLACE and (details := _DETAILS.get(question.head or "")):
        return fit if mention.detail in details else fit * _OTHER_DETAIL
    if question.kind is QuestionKind.HOW_OLD:
        return fit if _is_age(hit, mention) else 0.0
    if question.kind is QuestionKind.HOW_MANY and question.head:
        return fit if _counts(question.head, mention, tokens, inside) else fit * _OTHER_UNIT
    if mention.kind is MentionKind.DATE and (mention.value or "").endswith("_REF"):
        return fit * _OTHER_DETAIL
    return fit


def _is_age(hit: Hit, mention: Mention) -> bool:
    if mention.detail == "age":
        return True
    start, end = mention.span.start - hit.passage.span.start, mention.span.end - hit.passage.span.start
    before, after = hit.passage.text[max(0, start - 16) : start], hit.passage.text[start : end + 12]
    return bool(re.search(r"\b(?:aged?|at the age of)\s+$", before) or re.search(r"\d[\s-]years?[\s-]old\b", after))


def _counts(head: str, mention: Mention, tokens: Sequence[Token], inside: Sequence[int]) -> bool:
    """Whether a number counts what the question asks for: the noun is its unit or stands just behind it."""
    wanted = stem(head)
    unit = (mention.value or "").partition(" ")[2]
    behind = {token.term for token in tokens[inside[-1] + 1 : inside[-1] + 4]} if inside else set()
    nouns = {stem(word) for word in unit.split()} | behind
    return wanted in nouns or (wanted in _people() and not nouns.isdisjoint(_people()))


@cache
def _people() -> frozenset[str]:
    """Terms of nouns that count people."""
    return frozenset(index_terms(_PEOPLE))


def _nearness(inside: Sequence[int], met: Sequence[int]) -> float:
    """1 next to a word of the question, falling with the distance in tokens; 0 where none is met."""
    if not inside or not met:
        return 0.0
    return 1.0 / (1.0 + 0.25 * min(abs(at - other) for at in (inside[0], inside[-1]) for other in met))
