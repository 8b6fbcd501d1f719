"""Follow-up questions: what a question leans on in the talk before it is written into it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.conversation import NAME_KINDS, Name, Turn, names_in, same
from bot.answering.kinds import read_kind
from bot.answering.models import QuestionKind
from bot.answering.question_features import classes_of
from retrieval.models import Analysis, MentionKind, Record, Span, Token

_PERSON = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
_POINTING = frozenset({"this", "that", "these", "those"})
_OWNING = frozenset({"his", "its", "their", "hers", "theirs"})


class Resumed(Record):
    """A question that stands alone: its words, and the words that were carried over into it."""

    text: str
    carried: tuple[str, ...] = ()


class Carried(Record):
    """A name to write into a question, instead of the words at ``place`` or, without a place, at its end."""

    name: str
    place: Span | None = None
    owning: bool = False


def resume(asked: Analysis, previous: Turn | None) -> Resumed:
    """``asked`` as a question that stands alone: as it is where it already does, or where nothing came before it."""
    alone = Resumed(text=asked.text)
    if previous is None or not asked.tokens:
        return alone
    reading = read_kind(asked.text, has_date=bool(_days_in(asked)))
    if reading.kind is QuestionKind.SMALL_TALK:
        return alone
    if elliptic := _ellipsis(asked, previous):
        return elliptic
    carried = tuple(_bindings(asked, previous, reading.kind))
    return _written(asked, carried) if carried else alone


def _bindings(asked: Analysis, previous: Turn, kind: QuestionKind) -> Iterator[Carried]:
    """Each name that the question leans on, once."""
    given = list(names_in(asked.text, asked.mentions))
    for carried in (*_pronouns(asked, previous), *_pointers(asked, previous)):
        name = Name(text=carried.name)
        if not any(same(name, other) for other in given):
            given.append(name)
            yield carried
    ...
