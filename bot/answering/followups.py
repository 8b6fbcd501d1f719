"""Follow-up questions: what a question leans on in the talk before it is written into it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.conversation import Name, Turn, names_in, same
from bot.answering.ellipsis import completed
from bot.answering.kinds import read_kind
from bot.answering.models import QuestionKind
from bot.answering.question_features import classes_of
from retrieval.models import Analysis, MentionKind, Record, Span, Token

_PERSON = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves", "thier"})
_THING = frozenset({"it", "its", "itself"})
_POINTING = frozenset({"this", "that", "these", "those"})
_OWNING = frozenset({"his", "its", "their", "hers", "theirs", "thier"})
_DEFINITE = frozenset({"the", *_POINTING})
_MORE = frozenset({"else", "other", "others", "another"})
_ALONE = frozenset({QuestionKind.LATEST, QuestionKind.ON_DATE, QuestionKind.COMPARE, QuestionKind.COUNT})
"""Kinds of question that stand alone where no pronoun says otherwise."""


class Resumed(Record):
    """A question that stands alone: its words, and the words that were carried over into it."""

    text: str
    carried: tuple[str, ...] = ()


class Carried(Record):
    """A name to write into a question, instead of the words at ``place`` or, without a place, at its end."""

    name: Name
    why: str
    place: Span | None = None


def resume(asked: Analysis, previous: Turn | None) -> Resumed:
    """``asked`` as a question that stands alone: as it is where it already does, or where nothing came before it."""
    alone = Resumed(text=asked.text)
    if previous is None or not asked.tokens:
        return alone
    dated = any(mention.kind is MentionKind.DATE for mention in asked.mentions)
    kind = read_kind(asked.text, has_date=dated).kind
    if kind is QuestionKind.SMALL_TALK:
        return alone
    if (whole := completed(asked, previous)) is not None:
        return Resumed(text=whole.text, carried=whole.carried)
    return written(asked, bindings(asked, previous, kind))


def bindings(asked: Analysis, previous: Turn, kind: QuestionKind) -> tuple[Carried, ...]:
    """Each name that the question leans on, once, those that replace a pronoun first."""
    own = names_in(asked.text, asked.mentions)
    found: list[Carried] = []
    for carried in _all(asked, previous, own, kind):
        if not any(same(carried.name, other) for other in (*own, *(each.name for each in found))):
            found.append(carried)
    return tuple(found)


def _all(asked: Analysis, previous: Turn, own: Sequence[Name], kind: QuestionKind) -> Iterator[Carried]:
    pronouns = tuple(_pronouns(asked, previous))
    yield from pronouns
    pointers = tuple(_pointers(asked, previous))
    yield from pointers
    if own:
        return
    if previous.topic is not None and (pronouns or pointers or kind not in _ALONE):
        yield Carried(name=previous.topic, why="topic")
    if _MORE & {token.word for token in asked.tokens}:
        yield from (Carried(name=name, why="more") for name in previous.said)


def _pronouns(asked: Analysis, previous: Turn) -> Iterator[Carried]:
    """What the first pronoun of each sort stands for."""
    for sort, words, candidates in (
        ("person", _PERSON, _people(previous)),
        ("several", _SEVERAL, _several(previous)),
        ("thing", _THING, _things(previous)),
    ):
        token = next((token for token in asked.tokens if token.word in words), None)
        name = next(iter(candidates), None)
        if token is not None and name is not None:
            yield Carried(name=name, why=sort, place=Span(start=token.start, end=token.end))
    if token := _pointing(asked):
        if name := next(iter(_things(previous)), None):
            yield Carried(name=name, why="pointing", place=Span(start=token.start, end=token.end))


def _pointing(asked: Analysis) -> Token | None:
    """``this`` or ``that`` on its own: at the end, or before a verb."""
    words = [token.word for token in asked.tokens]
    for place, token in enumerate(asked.tokens):
        following = words[place + 1] if place + 1 < len(words) else ""
        if token.word in _POINTING and following in {"", "is", "was", "are", "were", "happen", "happened"}:
            return token
    return None


def _people(previous: Turn) -> Iterator[Name]:
    topic = previous.topic
    yield from _of_kinds(previous.answered, MentionKind.PERSON)
    if topic is not None and not any(same(topic, name) for name in previous.asked):
        yield from _of_kinds(previous.asked, MentionKind.PERSON)
    if topic is not None and topic.kind in {None, MentionKind.PERSON}:
        yield topic
    yield from _of_kinds((*previous.asked, *previous.said, *previous.earlier), MentionKind.PERSON)


def _several(previous: Turn) -> Iterator[Name]:
    topic = previous.topic
    yield from _besides(topic, _of_kinds(previous.asked, MentionKind.ORGANISATION, None))
    if topic is not None:
        yield topic
    yield from _of_kinds((*previous.answered, *previous.asked, *previous.said), MentionKind.ORGANISATION, None)


def _things(previous: Turn) -> Iterator[Name]:
    topic = previous.topic
    kinds = (MentionKind.ORGANISATION, None)
    yield from _besides(topic, _of_kinds((*previous.answered, *previous.asked, *previous.said), *kinds))
    if topic is not None:
        yield topic


def _besides(topic: Name | None, names: Iterable[Name]) -> Iterator[Name]:
    return (name for name in names if topic is None or not same(topic, name))


def _of_kinds(names: Iterable[Name], *kinds: MentionKind | None) -> Iterator[Name]:
    return (name for name in names if name.kind in kinds)


def _pointers(asked: Analysis, previous: Turn) -> Iterator[Carried]:
    """The name behind ``the film``, ``that company``: one that stood beside the noun."""
    tokens = asked.tokens
    for place, token in enumerate(tokens):
        if token.word not in _DEFINITE:
            continue
        nouns = [noun for noun in tokens[place + 1 : place + 3] if noun.content]
        for noun in nouns:
            names = tuple(
                _besides(previous.topic, (*previous.answered, *previous.said, *previous.asked, *previous.earlier))
            )
            if name := next((name for name in names if noun.term in name.beside), None):
                yield Carried(name=name, why="pointer")
                return


def written(asked: Analysis, carried: Sequence[Carried]) -> Resumed:
    """The question with the names written in: over their pronouns, the rest in brackets at its end."""
    text = asked.text
    placed = sorted((each for each in carried if each.place), key=lambda each: -each.place.start)  # type: ignore[union-attr]
    for each in placed:
        assert each.place is not None
        pronoun = each.place.of(asked.text).casefold()
        name = each.name.text + ("'s" if pronoun in _OWNING else "")
        text = text[: each.place.start] + name + text[each.place.end :]
    rest = ", ".join(each.name.text for each in carried if not each.place)
    if rest:
        stripped = text.rstrip(" ?")
        text = f"{stripped} ({rest})" + ("?" if stripped != text else "")
    return Resumed(text=text, carried=tuple(each.name.text for each in carried))
