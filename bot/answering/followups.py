"""Follow-up questions: what a question leans on in the talk before it is written into it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answering import referring
from bot.answering.conversation import Name, Turn, names_in, same
from bot.answering.ellipsis import completed
from bot.answering.kinds import read_kind
from bot.answering.models import QuestionKind
from bot.answering.referring import Reference
from retrieval.models import Analysis, MentionKind, Record, Span

_ALONE = frozenset({QuestionKind.LATEST, QuestionKind.ON_DATE, QuestionKind.COMPARE, QuestionKind.COUNT})
"""Kinds of question that stand alone where no pronoun says otherwise."""
_SHORT = 2
"""A question of so few content words, and no name, is only a part of one."""
_SHORTEST_NAME = 3
_KEPT = 2
"""So many names of the last question are offered."""
_OWNING = frozenset({"his", "its", "their", "hers", "theirs"})


class Resumed(Record):
    """A question that stands alone: its words, and the names that were carried over into it.

    ``offered`` is the same with more of the talk, to be tried where the question alone finds no answer.
    """

    text: str
    carried: tuple[str, ...] = ()
    offered: Resumed | None = None


def resume(asked: Analysis, previous: Turn | None) -> Resumed:
    """``asked`` as a question that stands alone: as it is where it already does, or where nothing came before it."""
    if previous is None or not asked.tokens:
        return Resumed(text=asked.text)
    dated = any(mention.kind is MentionKind.DATE for mention in asked.mentions)
    kind = read_kind(asked.text, has_date=dated).kind
    if kind is QuestionKind.SMALL_TALK:
        return Resumed(text=asked.text)
    if (whole := completed(asked, previous)) is not None:
        return Resumed(text=whole.text, carried=whole.carried)
    own = _own_names(asked, previous)
    needed = _distinct(_needed(asked, previous, own, kind), own)
    offered = _distinct((*needed, *_offered(asked, previous, own, kind)), own)
    more = _written(asked, offered) if len(offered) > len(needed) else None
    return _written(asked, needed).model_copy(update={"offered": more})


def _needed(asked: Analysis, previous: Turn, own: Sequence[Name], kind: QuestionKind) -> Iterator[Reference]:
    """What the question cannot be understood without."""
    found = tuple(referring.references(asked, previous))
    yield from found
    yield from _completions(asked, previous, own, given_only=True)
    if own:
        return
    leans = found or (kind not in _ALONE and (referring.definite_nouns(asked) or _is_short(asked)))
    if leans and previous.topic is not None:
        yield Reference(name=previous.topic)
    yield from referring.pointed_at(asked, previous)
    yield from referring.already_said(asked, previous)


def _offered(asked: Analysis, previous: Turn, own: Sequence[Name], kind: QuestionKind) -> Iterator[Reference]:
    """What the question may well have meant: the topic, the last question's names, and in full those named in part."""
    yield from _completions(asked, previous, own, given_only=False)
    if kind not in _ALONE and previous.topic is not None:
        yield Reference(name=previous.topic)
    if not own and not referring.means_a_person(asked):
        yield from (Reference(name=name) for name in previous.asked[:_KEPT])


def _is_short(asked: Analysis) -> bool:
    return sum(token.content for token in asked.tokens) <= _SHORT


def _own_names(asked: Analysis, previous: Turn) -> tuple[Name, ...]:
    """The names in the question, also those that only the talk tells from other words: ``lavrov``."""
    names = names_in(asked.text, asked.mentions)
    topic = () if previous.topic is None else (previous.topic,)
    talk = (*topic, *previous.asked, *previous.answered, *previous.said, *previous.earlier)
    words = {word for name in talk for word in name.text.casefold().split() if len(word) >= _SHORTEST_NAME}
    typed = (
        Name(text=asked.text[token.start : token.end])
        for token in asked.tokens
        if token.content and token.word in words and asked.text[token.start].islower()
    )
    return (*names, *typed)


def _completions(asked: Analysis, previous: Turn, own: Sequence[Name], *, given_only: bool) -> Iterator[Reference]:
    """The full names of the people who are named by a part: by the given name, which says little, or by any."""
    topic = () if previous.topic is None else (previous.topic,)
    talk = (*topic, *previous.asked, *previous.answered, *previous.said, *previous.earlier)
    for name in own:
        full = next((each for each in talk if _is_part(name, each, given_only)), None)
        start = asked.text.find(name.text)
        if full is not None and start >= 0:
            yield Reference(name=full, place=Span(start=start, end=start + len(name.text)))


def _is_part(name: Name, full: Name, given_only: bool) -> bool:
    part, whole = name.text.casefold().split(), full.text.casefold().split()
    if len(part) >= len(whole) or full.kind not in {None, MentionKind.PERSON}:
        return False
    return part == whole[: len(part)] if given_only else set(part) <= set(whole)


def _distinct(references: Iterable[Reference], own: Sequence[Name]) -> tuple[Reference, ...]:
    """Each name once; none that the question has itself, but where it is written in full over its part."""
    found: list[Reference] = []
    for reference in references:
        given = [each.name for each in found]
        if reference.place is None or reference.place in {each.place for each in found}:
            given += own
        if not any(same(reference.name, name) for name in given):
            found.append(reference)
    return tuple(found)


def _written(asked: Analysis, references: Sequence[Reference]) -> Resumed:
    """The question with the names written in: over their words, or in brackets; then what is already known."""
    text = asked.text
    for reference in sorted(references, key=_start, reverse=True):
        if (place := reference.place) is not None:
            owner = "'s" if place.of(asked.text).casefold() in _OWNING else ""
            text = text[: place.start] + reference.name.text + owner + text[place.end :]
    bare = text.rstrip(" ?")
    mark = "?" if "?" in text[len(bare) :] else ""
    added = ", ".join(each.name.text for each in references if each.place is None and not each.besides)
    besides = ", ".join(each.name.text for each in references if each.besides)
    text = bare + (f" ({added})" if added else "") + (f" besides {besides}" if besides else "") + mark
    carried = tuple(each.name.text for each in references if not each.besides)
    return Resumed(text=text if references else asked.text, carried=carried)


def _start(reference: Reference) -> int:
    return -1 if reference.place is None else reference.place.start
