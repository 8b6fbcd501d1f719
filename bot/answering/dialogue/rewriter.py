"""Query rewriting: what a question takes from the conversation is written into it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.dialogue.definite_references import (
    DefiniteReference,
    demonstrative_references,
    excluded_references,
    heading_references,
)
from bot.answering.dialogue.ellipsis import complete_question
from bot.answering.dialogue.pronouns import has_personal_pronoun, pronoun_references
from bot.answering.dialogue.state import DialogueState, NamedEntity, ShownQuote, names_in, same_entity
from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.models import QuestionKind
from bot.answering.question.aggregation_intent import intent_of
from bot.answering.question.rules import read_kind
from retrieval.models import Analysis, MentionKind, Record, Span

_SELF_CONTAINED = frozenset({QuestionKind.LATEST, QuestionKind.ON_DATE, QuestionKind.COMPARE, QuestionKind.COUNT})
"""Kinds of question that are self-contained unless a pronoun refers back."""
_YEARS = re.compile(r"\d{2,4}(?:/\d{4})?")
_SHORTEST_NAME = 3
"""In letters: shorter words such as "Al" are common in other meanings; chosen by hand."""
_MOST_OFFERED = 2
"""How many names of the last question are offered; chosen by hand."""
_PEOPLE = frozenset({MentionKind.PERSON, None})
_OWNING = frozenset({"his", "its", "their", "hers", "theirs"})


class RewrittenQuestion(Record):
    """A self-contained question: its text, and the names that were carried over into it.

    ``sure`` is false where the question may also have been meant as it was typed. ``offered`` is the question with more
    of the conversation than it needs, to be offered where there is no answer. ``seen`` are quotes that are not to be
    given again.
    """

    text: str
    carried: tuple[str, ...] = ()
    sure: bool = True
    offered: str | None = None
    seen: tuple[ShownQuote, ...] = ()


def rewrite(asked: Analysis, previous: DialogueState | None) -> RewrittenQuestion:
    """``asked`` as a self-contained question; unchanged where it is one, or where nothing came before it."""
    if previous is None or not asked.tokens:
        return RewrittenQuestion(text=asked.text)
    dated = any(mention.kind is MentionKind.DATE for mention in asked.mentions)
    kind = (intent_of(asked.text, dated=dated) or read_kind(asked.text)).kind
    if kind is QuestionKind.SMALL_TALK:
        return RewrittenQuestion(text=asked.text)
    if (whole := complete_question(asked, previous)) is not None:
        return RewrittenQuestion(text=whole.text, carried=whole.carried)
    own = names_in(asked.text, asked.mentions, _lower_case_names(asked, previous))
    references = tuple(pronoun_references(asked, previous, own))
    topics = () if own else tuple(_topic_references(asked, previous, references, kind))
    needed = _distinct((*references, *topics, *_full_names(asked, previous, own)), own)
    rewritten = _written(asked, needed, sure=any(reference in references for reference in needed if reference.place))
    more = (
        () if kind in _SELF_CONTAINED else _distinct((*needed, *_further_references(asked, previous, bool(own))), own)
    )
    offered = _written(asked, more, sure=False).text if len(more) > len(needed) else None
    return rewritten.model_copy(update={"offered": offered})


def _further_references(asked: Analysis, previous: DialogueState, named: bool) -> Iterator[DefiniteReference]:
    """What a question may also be about: the topic beside its own names, else what was named last."""
    if named and previous.topic is not None:
        yield DefiniteReference(name=previous.topic)
    if not named and not has_personal_pronoun(asked):
        last = (*previous.asked[:_MOST_OFFERED], *previous.said[:1])
        yield from (DefiniteReference(name=name) for name in last)


def _topic_references(
    asked: Analysis, previous: DialogueState, references: Sequence[DefiniteReference], kind: QuestionKind
) -> Iterator[DefiniteReference]:
    """What a question without a name of its own is about: the topic, and what it refers to."""
    if kind in _SELF_CONTAINED and not references and not _asks_of_a_year(asked, kind):
        return
    bound = any(reference.place for reference in references)
    if previous.topic is not None and (previous.titled or not bound):
        yield DefiniteReference(name=previous.topic)
    if not bound or not has_personal_pronoun(asked):
        yield from heading_references(previous)
    yield from demonstrative_references(asked, previous)
    yield from excluded_references(asked, previous)


def _asks_of_a_year(asked: Analysis, kind: QuestionKind) -> bool:
    """Whether a question asks what happened in a year or more: too much to answer without a topic."""
    days = [mention.value or "" for mention in asked.mentions if mention.kind is MentionKind.DATE]
    return kind is QuestionKind.ON_DATE and bool(days) and all(_YEARS.fullmatch(day) for day in days)


def _lower_case_names(asked: Analysis, previous: DialogueState) -> Iterator[NamedEntity]:
    """The names of the conversation that the question has in lower case: ``lavrov``."""
    words = {word for name in previous.named for word in _distinctive_words(name)}
    for token in asked.tokens:
        if token.content and token.word in words and asked.text[token.start].islower() and not classes_of(token.word):
            yield NamedEntity(text=asked.text[token.start : token.end])


def _distinctive_words(name: NamedEntity) -> list[str]:
    """The words that name somebody or something by themselves: each of a person's, else the only one."""
    words = name.text.casefold().split()
    enough = words if name.kind is MentionKind.PERSON or len(words) == 1 else []
    return [word for word in enough if len(word) >= _SHORTEST_NAME]


def _full_names(asked: Analysis, previous: DialogueState, own: Sequence[NamedEntity]) -> Iterator[DefiniteReference]:
    """The full names of the people whom the question names by a part."""
    for name in own:
        full = next((each for each in previous.named if each.kind in _PEOPLE and _is_part(name, each)), None)
        if full is not None:
            start = asked.text.find(name.text)
            yield DefiniteReference(name=full, place=Span(start=start, end=start + len(name.text)), full=True)


def _is_part(name: NamedEntity, full: NamedEntity) -> bool:
    part, whole = name.text.casefold().split(), full.text.casefold().split()
    if full.text.startswith("the "):  # an office
        return False
    return len(part) < len(whole) and set(part) <= set(whole)


def _distinct(references: Iterable[DefiniteReference], own: Sequence[NamedEntity]) -> tuple[DefiniteReference, ...]:
    """Each name once; of those that the question has itself only what completes a part of a name."""
    found: list[DefiniteReference] = []
    for reference in references:
        given = [each.name for each in found]
        if reference.place is None or reference.place in {each.place for each in found}:
            given += own
        if not any(same_entity(reference.name, name) for name in given):
            found.append(reference)
    return tuple(found)


def _written(asked: Analysis, references: Sequence[DefiniteReference], *, sure: bool) -> RewrittenQuestion:
    """The question with the names in place of their references or in brackets, then with what to leave out."""
    text = asked.text
    for reference in sorted(references, key=_start, reverse=True):
        if (place := reference.place) is not None:
            owner = "'s" if _is_possessive(asked, place) else ""
            text = text[: place.start] + reference.name.text + owner + text[place.end :]
    bare = text.rstrip(" ?")
    mark = "?" if "?" in text[len(bare) :] else ""
    added = ", ".join(each.name.text for each in references if each.place is None and not each.besides)
    besides = ", ".join(each.name.text for each in references if each.besides)
    text = bare + (f" ({added})" if added else "") + (f" besides {besides}" if besides else "") + mark
    carried = tuple(each.name.text for each in references if not each.besides and not each.full)
    return (
        RewrittenQuestion(text=text, carried=carried, sure=sure) if references else RewrittenQuestion(text=asked.text)
    )


def _is_possessive(asked: Analysis, place: Span) -> bool:
    """Whether the pronoun at ``place`` is a possessive; ``her`` is one before a noun."""
    word = place.of(asked.text).casefold()
    following = next((token for token in asked.tokens if token.start >= place.end), None)
    return word in _OWNING or (word == "her" and following is not None and following.content)


def _start(reference: DefiniteReference) -> int:
    return -1 if reference.place is None else reference.place.start
