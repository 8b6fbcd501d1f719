"""Coreference: what pronouns, ``there``, ``then`` and ``that year`` refer to in the conversation before a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.dialogue.definite_references import (
    DEMONSTRATIVES,
    THINGS,
    DefiniteReference,
    besides,
    noun_references,
    of_kinds,
    with_following,
)
from bot.answering.dialogue.state import DialogueState, NamedEntity, same_entity
from bot.answering.lexicon.word_lists import word_list
from retrieval.models import Analysis, MentionKind, Span, Token
from retrieval.text.tokens import tokenize

_PERSON = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
_OBJECTS = frozenset({"him", "her", "them"})
_CLAUSES = frozenset("that when while because if after before who which whether and or but said say says".split())
"""Words that open a clause; an object in that clause may be a name before it."""
_THERE = frozenset({"there", "here"})
_YEARS = re.compile(r"\b\d{4}(?:[-–]\d{2,4})?\b")
_CLAUSE_OPENERS = frozenset({"true", "possible", "likely", "clear", "known", "certain", "correct", "that", "raining"})
_VERBS = frozenset({"", "is", "was", "are", "were", "happen", "happened", "mean", "end", "start", "begin"})
_EXISTING = frozenset({"is", "are", "was", "were", "be", "been", "will"})


def pronoun_references(
    asked: Analysis, previous: DialogueState, own: Sequence[NamedEntity]
) -> Iterator[DefiniteReference]:
    """What the pronouns and demonstratives of a question refer to, the first of each sort.

    A pronoun after a fitting name of the question refers to that name: ``did Russia publish its draft``.
    """
    first = min((asked.text.find(name.text) for name in own), default=len(asked.text))
    tokens = tuple(token for token in asked.tokens if token.start < first)
    for words, candidates in (
        (_PERSON, _people(previous)),
        (_SEVERAL, _several(previous)),
        (_THING, _things(previous)),
    ):
        free = tuple(token for token in asked.tokens if not _is_bound(token, asked, own))
        yield from _replacement(_first_pronoun(words, free), _other_than(own, candidates))
    yield from _replacement(_bare_demonstrative(tokens), _things(previous))
    yield from _replacement(_place_adverb(asked.tokens), of_kinds(previous.named, MentionKind.PLACE))
    if _names_a_time(asked):
        days = previous.days or tuple(_YEARS.findall(previous.heading or ""))
        yield from (DefiniteReference(name=NamedEntity(text=day, kind=MentionKind.DATE)) for day in days[:1])
    if not own:
        yield from noun_references(asked, previous)


def _is_bound(pronoun: Token, asked: Analysis, own: Sequence[NamedEntity]) -> bool:
    """Whether a pronoun may refer to a fitting name before it in the question itself.

    The object of a clause is not its subject: ``How did Ek influence him?``.
    """
    for name in own:
        end = asked.text.find(name.text) + len(name.text)
        if end <= pronoun.start and _fits(pronoun.word, name, _is_where(asked, name)):
            between = tokenize(asked.text[end : pronoun.start])
            if pronoun.word not in _OBJECTS or any(token.word in _CLAUSES for token in between):
                return True
            if pronoun.word == "her" and _is_before_noun(pronoun, asked):
                return True
    return False


def _is_before_noun(pronoun: Token, asked: Analysis) -> bool:
    following = next((token for token in asked.tokens if token.start >= pronoun.end), None)
    return following is not None and following.content


def _fits(pronoun: str, name: NamedEntity, is_place: bool) -> bool:
    """Whether a pronoun can refer to a name of this kind; ``they`` are not the place where it happened."""
    if pronoun in _PERSON:
        return name.kind in {None, MentionKind.PERSON} and not is_place
    if pronoun in _SEVERAL:
        return not is_place
    return name.kind is not MentionKind.PERSON


def _other_than(own: Sequence[NamedEntity], candidates: Iterable[NamedEntity]) -> Iterator[NamedEntity]:
    return (name for name in candidates if not any(same_entity(name, each) for each in own))


def _first_pronoun(words: frozenset[str], tokens: Sequence[Token]) -> Token | None:
    """The first of ``words`` that refers to something; the ``it`` of ``is it true that`` does not."""
    for token, following in with_following(tokens):
        empty = token.word == "it" and following and following[0].word in _CLAUSE_OPENERS
        if token.word in words and not empty:
            return token
    return None


def has_personal_pronoun(asked: Analysis) -> bool:
    """Whether a question has a pronoun that means one person: he, she and their forms."""
    return any(token.word in _PERSON for token in asked.tokens)


def _replacement(token: Token | None, candidates: Iterable[NamedEntity]) -> Iterator[DefiniteReference]:
    name = next(iter(candidates), None)
    if token is not None and name is not None:
        yield DefiniteReference(name=name, place=Span(start=token.start, end=token.end))


def _people(previous: DialogueState) -> Iterator[NamedEntity]:
    """The people that were the answer; those of the last question beside the topic; the topic; all others."""
    topic = previous.topic
    yield from of_kinds(previous.answered, MentionKind.PERSON)
    if topic is not None and not any(same_entity(topic, name) for name in previous.asked):
        yield from of_kinds(previous.asked, MentionKind.PERSON)
        yield from (name for name in previous.asked if name.kind is None and _is_subject(name, previous.question))
    if topic is not None and topic.kind in {None, MentionKind.PERSON}:
        yield topic
    yield from of_kinds((*previous.asked, *previous.said, *previous.earlier), MentionKind.PERSON)


def _is_subject(name: NamedEntity, question: str) -> bool:
    """Whether a name is the subject of a question: ``When did Ek leave?``."""
    return re.search(rf"\b(?:did|does|do|has|had|was|is) {re.escape(name.text)}\b", question) is not None


def _several(previous: DialogueState) -> Iterator[NamedEntity]:
    """The organisations of the last question beside the topic; the two people it names; the topic; all others."""
    topic = previous.topic
    if topic is not None and not any(same_entity(topic, name) for name in previous.asked):
        yield from of_kinds(previous.asked, *THINGS)
    people = of_kinds(previous.asked, MentionKind.PERSON, None)
    if len(people) > 1 and not previous.titled:
        yield NamedEntity(text=f"{people[0].text} and {people[1].text}", kind=MentionKind.PERSON)
    if topic is not None:
        yield topic
    yield from of_kinds(previous.named, *THINGS)


def _things(previous: DialogueState) -> Iterator[NamedEntity]:
    """The topic where it was asked about and is no person; the latest other thing; the topic."""
    topic = previous.topic
    is_asked = topic is not None and any(topic.text == name.text for name in previous.asked)
    if topic is not None and is_asked and topic.kind in THINGS and not previous.titled:
        yield topic
    yield from besides(topic, of_kinds((*previous.answered, *previous.asked, *previous.said), *THINGS))
    if topic is not None:
        yield topic


def _bare_demonstrative(tokens: Sequence[Token]) -> Token | None:
    """``this`` or ``that`` without a noun: at the end, or before a verb but not after one, ``said that was``."""
    words = [token.word for token in tokens]
    for place, token in enumerate(tokens):
        follows = words[place + 1] if place + 1 < len(words) else ""
        leads = place == 0 or words[place - 1] in _VERBS or not tokens[place - 1].content
        if token.word in DEMONSTRATIVES and follows in _VERBS and (not follows or leads):
            return token
    return None


def _place_adverb(tokens: Sequence[Token]) -> Token | None:
    """``there`` as a place, not ``there is``."""
    words = [token.word for token in tokens]
    for place, token in enumerate(tokens):
        beside = {*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]}
        if token.word in _THERE and not beside & _EXISTING:
            return token
    return None


def _names_a_time(asked: Analysis) -> bool:
    for token, following in with_following(asked.tokens):
        if token.word in {*DEMONSTRATIVES, "same"} and following and following[0].word in word_list("periods"):
            return True
    return any(token.word == "then" and place for place, token in enumerate(asked.tokens))


def _is_where(asked: Analysis, name: NamedEntity) -> bool:
    """Whether a name is only the place or time in a question: ``in Vienna``."""
    start = asked.text.find(name.text)
    before = [token.word for token in asked.tokens if token.start < start]
    before = before[:-1] if before[-1:] == ["the"] else before
    return name.kind is not MentionKind.PERSON and bool(before) and before[-1] in _PLACE_PREPOSITIONS


_PLACE_PREPOSITIONS = frozenset("in at from near around during throughout into across inside outside to".split())
"""Prepositions after which a name is a place or a time."""
