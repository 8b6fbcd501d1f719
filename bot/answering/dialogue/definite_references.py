"""What a question refers to in the conversation before it: ``the film``, ``those talks``, ``what else``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.dialogue.state import DialogueState, NamedEntity, bare_title, is_capitalised, same_entity
from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.lexicon.word_lists import word_list
from retrieval.models import Analysis, MentionKind, Record, Span, Token
from retrieval.text.tokens import index_terms

DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
THINGS = (MentionKind.ORGANISATION, None)
_MORE = frozenset({"else", "other", "others", "another"})
_DEFINITE = frozenset({"the", *DEMONSTRATIVES})
_THE_TEXT = frozenset({"articl", "section", "topic", "page", "text", "stori", "passag"})
"""Nouns that mean the text itself and not something in it."""
_NAMES_ADDED = 3
"""How many names are added for ``those``; chosen by hand."""
_SHORT_HEADING = 4
"""A heading of more words says too much to be left out by name; chosen by hand."""
_FEWEST, _MOST = 2, 5
"""How many words a heading has that is a name; chosen by hand."""
_YEARS_BEFORE = re.compile(r"^\d{4}(?:[-–]\d{2,4})?: ")
_ANY_KIND: tuple[MentionKind | None, ...] = (None, *MentionKind)
_KINDS_BY_CLASS: tuple[tuple[str, tuple[MentionKind | None, ...]], ...] = (
    ("group", (MentionKind.ORGANISATION,)),
    ("city", (MentionKind.PLACE,)),
    ("country", (MentionKind.PLACE,)),
    ("work", (None,)),
    ("event", (None,)),
    ("product", (None,)),
    ("vehicle", (None,)),
)


class DefiniteReference(Record):
    """A name that a question refers to; it replaces the words at ``place``, or is added in brackets without one.

    ``besides`` marks what was given already where the question asks for more; ``full`` marks a name of which the
    question has a part itself.
    """

    name: NamedEntity
    place: Span | None = None
    besides: bool = False
    full: bool = False


def definite_nouns(asked: Analysis) -> tuple[Token, ...]:
    """The content words after ``the`` and ``this``, which may mean something named before."""
    found: list[Token] = []
    for token, following in with_following(asked.tokens):
        if token.word in _DEFINITE and following and following[0].word not in word_list("unique_nouns"):
            found.extend(noun for noun in following[:2] if noun.content and noun.term not in _THE_TEXT)
    return tuple(found)


def demonstrative_references(asked: Analysis, previous: DialogueState) -> Iterator[DefiniteReference]:
    """What the last question and answer named, where ``this`` or ``those`` may refer to it."""
    if any(_is_demonstrative(place, asked.tokens) for place in range(len(asked.tokens))):
        names = besides(previous.topic, of_kinds((*previous.said, *previous.asked), *THINGS))
        yield from (DefiniteReference(name=name) for name in names[:_NAMES_ADDED])
        if previous.short:
            yield DefiniteReference(name=NamedEntity(text=previous.short))


def heading_references(previous: DialogueState) -> Iterator[DefiniteReference]:
    """The heading above the last answer where it is a name, in an article whose title is a name: ``The Lake Cup``."""
    if not previous.titled:
        return
    heading = _YEARS_BEFORE.sub("", bare_title(previous.heading or ""))
    words = [word for word in index_terms(heading) if word.isalpha()]
    if is_capitalised(heading) and _FEWEST <= len(words) <= _MOST:
        yield DefiniteReference(name=NamedEntity(text=heading))


def _is_demonstrative(place: int, tokens: Sequence[Token]) -> bool:
    """Whether a word refers to something named before: not ``the movement that he joined``, not ``this article``."""
    if tokens[place].word not in DEMONSTRATIVES:
        return False
    noun = next((each for each in tokens[place + 1 : place + 3] if each.content), None)
    return not _joins_a_clause(place, tokens) and (noun is None or noun.term not in _THE_TEXT)


def _joins_a_clause(place: int, tokens: Sequence[Token]) -> bool:
    """Whether ``that`` only joins a clause to the noun or verb before it: ``anything else that took place``."""
    if tokens[place].word != "that" or place == 0 or place + 1 == len(tokens):
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    return (before.content or before.word in _MORE) and not (
        after.word in word_list("periods") or classes_of(after.word)
    )


def excluded_references(asked: Analysis, previous: DialogueState) -> Iterator[DefiniteReference]:
    """What was given already, where the question asks for others."""
    words = {token.word for token in asked.tokens}
    if words & _MORE and words & word_list("anything"):
        heading = bare_title(previous.heading or "")
        if 0 < len(index_terms(heading)) <= _SHORT_HEADING:
            yield DefiniteReference(name=NamedEntity(text=heading), besides=True)
    elif words & _MORE:
        given = besides(previous.topic, previous.said) or besides(previous.topic, previous.asked)
        yield from (DefiniteReference(name=name, besides=True) for name in given)


def noun_references(asked: Analysis, previous: DialogueState) -> Iterator[DefiniteReference]:
    """The name that ``the film`` means: one that contains the noun or was next to it, else the heading that has it."""
    names = besides(previous.topic, (*previous.answered, *previous.said, *previous.asked))
    for noun in definite_nouns(asked):
        kinds = _kinds_beside(noun)
        name = next((name for name in names if noun.term in name.beside and name.kind in kinds), None)
        if name is not None:
            yield DefiniteReference(name=name)
            return
    for noun in definite_nouns(asked):
        kinds = _kinds_of(noun)
        name = next(iter(of_kinds(names, *kinds)), None) if kinds else None
        if name is not None and (name.kind or " " in name.text):
            yield DefiniteReference(name=name)
            return
    heading = bare_title(previous.heading or "")
    named = re.search(r"\w .*[A-Z]", heading) is not None and not re.search(r"\band\b|[:;]", heading)
    if named and any(noun.term in index_terms(heading) for noun in definite_nouns(asked)):
        yield DefiniteReference(name=NamedEntity(text=heading))


def _kinds_beside(noun: Token) -> tuple[MentionKind | None, ...]:
    """The kinds of name that a noun next to them may describe: ``the mayor, Petar Iliev``."""
    return (MentionKind.PERSON, None) if "person" in classes_of(noun.word) else _kinds_of(noun) or _ANY_KIND


def _kinds_of(noun: Token) -> tuple[MentionKind | None, ...]:
    """The kinds of name that a noun may mean: a person, an organisation, a place, the title of a work.

    An office does not mean any person: ``the mayor`` is who was called mayor.
    """
    if noun.word in word_list("anybody"):
        return (MentionKind.PERSON,)
    classes = classes_of(noun.word)
    return next((kinds for name, kinds in _KINDS_BY_CLASS if name in classes), ())


def of_kinds(names: Iterable[NamedEntity], *kinds: MentionKind | None) -> tuple[NamedEntity, ...]:
    """The names of these kinds, in order."""
    return tuple(name for name in names if name.kind in kinds)


def besides(topic: NamedEntity | None, names: Iterable[NamedEntity]) -> tuple[NamedEntity, ...]:
    """The names that are not the topic or a part of it, in order."""
    return tuple(name for name in names if topic is None or not same_entity(topic, name))


def with_following(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each token with the three tokens after it at most."""
    return ((token, tokens[place + 1 : place + 4]) for place, token in enumerate(tokens))
