"""Which numbers may answer: those with the unit that is counted or measured, and the age of the right person.

Units change few answers on the question sets; they are kept so that a height is never given in euros, nor days in
hours. Without ages one seed question of twelve is no longer refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.answering.models import Question
from retrieval.models import Hit, Mention, MentionKind, Span, Token, inside_any
from retrieval.text.tokens import index_terms, stem

_PEOPLE = (
    "person people man woman child member soldier worker student victim sailor passenger civilian resident officer"
)


_DURATION_CODES = {
    "year": r"\dY", "month": r"^[^T]*\dM", "week": r"\dW", "day": r"\dD", "hour": r"\dH", "minute": r"T.*\dM",
    "second": r"\dS",
}  # fmt: skip
_MEASURES = {
    "far": "length", "tall": "length", "high": "length", "long": "length", "deep": "length", "wide": "length",
    "close": "length", "heavy": "weight", "fast": "speed", "hot": "heat", "cold": "heat",
}  # fmt: skip
_MEASURES_ASKED = re.compile(rf"\bhow ({'|'.join(_MEASURES)})\b", re.IGNORECASE)
_UNITS = {
    "length": frozenset(
        ("kilometre", "kilometer", "metre", "meter", "centimetre", "centimeter", "millimetre", "millimeter", "mile",
         "foot", "feet", "inch", "yard", "km", "cm", "mm", "ft", "storey", "story", "floor", "block")
    ),
    "weight": frozenset(
        ("kilogram", "gram", "milligram", "kilo", "tonne", "ton", "ounce", "kg", "lb", "pound")
    ),
    "speed": frozenset(("km/h", "kph", "mph", "knot", "kilometre", "kilometer", "mile", "metre", "meter")),
    "heat": frozenset(("degree", "°c", "°f", "°")),
}  # fmt: skip


def has_duration_unit(head: str, mention: Mention) -> bool:
    """Whether a duration is given in the unit that is asked for: "how many days" by "63 days", not by hours."""
    unit = _DURATION_CODES.get(head.removesuffix("s"))
    return unit is None or not (mention.value or "").startswith("P") or re.search(unit, mention.value or "") is not None


def units_asked(text: str) -> frozenset[str]:
    """The units of what ``how far`` or ``how heavy`` asks for; empty where any unit may answer."""
    found = _MEASURES_ASKED.search(text)
    return _UNITS[_MEASURES[found[1].casefold()]] if found else frozenset()


def has_unit(units: frozenset[str], mention: Mention) -> bool:
    """Whether a number has one of these units."""
    return mention.kind is MentionKind.NUMBER and not units.isdisjoint((mention.value or "").split()[1:])


def counts_noun(head: str, mention: Mention, tokens: Sequence[Token], inside: Sequence[int]) -> bool:
    """Whether a number counts what the question asks for: the noun is its unit or follows it at once."""
    noun = stem(head)
    unit = (mention.value or "").partition(" ")[2]
    behind = _behind(tokens, inside)
    nouns = {stem(word) for word in unit.split()} | behind
    return noun in nouns or (noun in _people() and not nouns.isdisjoint(_people()))


def _behind(tokens: Sequence[Token], inside: Sequence[int]) -> set[str]:
    """The three terms after a number, or six where it is a part of another: "11 of the 12 member states"."""
    if not inside:
        return set()
    start = inside[-1] + 1
    reach = 6 if tokens[start : start + 1] and tokens[start].word == "of" else 3
    return {token.term for token in tokens[start : start + reach]}


@cache
def _people() -> frozenset[str]:
    """Terms of nouns that count people."""
    return frozenset(index_terms(_PEOPLE))


_AGED_BEFORE = re.compile(r"\b(?:aged?|at the age of|turned|turns)\s+$")


_OLD_BEHIND = re.compile(r"\d[\s-]years?[\s-]old\b")


_ADJECTIVE = re.compile(r"-old$")


_BESIDE_A_NAME = re.compile(r"(?:, | \(|,? who (?:is|was) (?:now )?)$")


_TO_THE_NAME = re.compile(r"(?: [\w'’-]+){0,4},? ")


_FROM_THE_NAME = re.compile(r",? (?:is |was |who (?:is|was) )?(?:an?|the) ")


_SUBJECT_ASKED = re.compile(r"how old (?:is|was) ", re.IGNORECASE)


_SUBJECT = re.compile(r"(?:the|this) ", re.IGNORECASE)


_FARTHEST = 60
"""How many characters may be between a name and its age, where the sentence names others too; chosen by hand."""


_NEAR = 4
"""How many words away from an age the question's word must be where the age has no owner; chosen by hand."""


_NO_PEOPLE = frozenset({MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NATIONALITY})


def is_age(hit: Hit, index: int, mention: Mention) -> bool:
    """Whether a number or a duration is somebody's age: "aged 51", "51 years old", "Nils Dahl, 51,"."""
    if mention.detail == "age":
        return True
    before, after = _around(hit, mention)
    if _AGED_BEFORE.search(before) or _OLD_BEHIND.search(hit.passage.words_of(mention.span) + after[:12]):
        return True
    beside = any(_BESIDE_A_NAME.fullmatch(_between(hit, one.span, mention.span)) for one in _people_in(hit, index))
    return beside and mention.kind is MentionKind.NUMBER and after[:1] in {",", ".", ")", ";", ""}


def is_age_of_asked(question: Question, hit: Hit, index: int, mention: Mention, inside: Sequence[int]) -> bool:
    """Whether an age is that of the person whom the question names; true where it names nobody."""
    asked = _asked(question)
    if not asked:
        return True
    owner = _owner(hit, index, mention)
    if owner is not None:
        return not asked.isdisjoint(_terms(hit.passage.words_of(owner.span)) | _terms(owner.value or ""))
    near = hit.tokens[index][max(0, inside[0] - _NEAR) : inside[-1] + 1 + _NEAR] if inside else ()
    return any(token.term in asked for token in near)


def _asked(question: Question) -> frozenset[str]:
    """The terms of the people whom the question names, or of the unknown name that it asks the age of."""
    mentions = question.analysis.mentions
    people = [mention.span for mention in mentions if mention.kind is MentionKind.PERSON]
    others = [mention.span for mention in mentions if mention.kind in _NO_PEOPLE]
    subject = _SUBJECT_ASKED.match(question.text)
    unknown = [
        span
        for span in question.names
        if subject and span.start == subject.end() and not any(other.contains(span) for other in others)
    ]
    spans = people or unknown
    return frozenset(token.term for token in question.terms if inside_any(token, spans))


def _owner(hit: Hit, index: int, mention: Mention) -> Mention | None:
    """The person whose age it is: the one after "the 35-year-old singer", else the last one before it."""
    people = _people_in(hit, index)
    before = [one for one in people if one.span.end <= mention.span.start]
    if not _ADJECTIVE.search(hit.passage.words_of(mention.span)):
        alone = len({one.value for one in people}) == 1
        near = before and (alone or mention.span.start - before[-1].span.end <= _FARTHEST)
        return before[-1] if near else None
    behind = next((one for one in people if one.span.start >= mention.span.end), None)
    if behind is not None and _TO_THE_NAME.fullmatch(_between(hit, mention.span, behind.span)):
        return behind
    if before and _FROM_THE_NAME.fullmatch(_between(hit, before[-1].span, mention.span)):
        return before[-1]
    return _person_before(hit, index, mention)


def _person_before(hit: Hit, index: int, mention: Mention) -> Mention | None:
    """Whom "The 23-year-old" at the beginning of a sentence means: the only person of the sentence before."""
    start = hit.passage.sentences[index].span.start
    lead = hit.passage.words_of(Span(start=start, end=mention.span.end))[: mention.span.start - start]
    if index == 0 or not _SUBJECT.fullmatch(lead):
        return None
    people = {one.value or "": one for one in _people_in(hit, index - 1)}
    return next(iter(people.values())) if len(people) == 1 else None


def _people_in(hit: Hit, index: int) -> list[Mention]:
    return [mention for mention in hit.mentions_in(index) if mention.kind is MentionKind.PERSON]


def _between(hit: Hit, first: Span, last: Span) -> str:
    """The words between two spans; a line break, which no pattern matches, where they are out of order."""
    offset = hit.passage.span.start
    return hit.passage.text[first.end - offset : last.start - offset] if first.end < last.start else "\n"


def _around(hit: Hit, mention: Mention) -> tuple[str, str]:
    start, end = mention.span.start - hit.passage.span.start, mention.span.end - hit.passage.span.start
    return hit.passage.text[max(0, start - 20) : start], hit.passage.text[end : end + 20]


def _terms(words: str) -> frozenset[str]:
    return frozenset(index_terms(words))
