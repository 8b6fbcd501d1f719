"""Does a question that has a name of its own still need the talk? ``Why did the family sue Nordwerft?`` does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.answering.dialogue.state import DialogueState, NamedEntity, same
from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.models import Answer, Trace
from retrieval.models import Analysis, MentionKind, Span, Token, inside_any

_SIDES = frozenset("in at from near around during throughout into across inside outside to".split())
"""Words that make a place or a time of the name after them."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_COMPLETING = frozenset("of in to for from at on with about by between against that which who whose".split())
"""What says more of a noun, so that it needs no talk: ``the president of``, ``the man who``."""
_AGAIN = frozenset("else other others another again also too next still afterwards instead".split())
"""Words that go on from what was said."""
_OPEN_ENDS = frozenset("for with in on at by about from to of after before against".split())
_EMPTY = frozenset("happen happens happened occur occurred take took place go goes went do does did done".split())
_ONLY_ONES = frozenset(
    "world internet weather sun moon earth universe future past news first most best last same way time day people "
    "war government police army public media country economy press".split()
)
"""What ``the`` goes with although nothing was said before."""


def leans(asked: Analysis, own: Sequence[NamedEntity], previous: DialogueState) -> bool:
    """Whether a question that names ``own`` is about more than that: it names a mere place, or the thing that a noun
    stands for is missing, or it goes on from what was said, or names a thing that the talk brought up."""
    spans = _spans_of(asked, own)
    rest = [token for token in asked.tokens if not inside_any(token, spans)]
    return (
        _is_only_where(asked, own, rest)
        or _has_bare_definite(asked, spans)
        or any(token.word in _AGAIN for token in rest)
        or _ends_open(asked)
        or _comes_from_the_talk(own, previous)
    )


def _spans_of(asked: Analysis, own: Iterable[NamedEntity]) -> tuple[Span, ...]:
    starts = ((asked.text.find(name.text), name) for name in own)
    return tuple(Span(start=start, end=start + len(name.text)) for start, name in starts if start >= 0)


def _is_only_where(asked: Analysis, own: Sequence[NamedEntity], rest: Iterable[Token]) -> bool:
    """Whether the names say only where, and nothing else says what: ``What happened in Florida?``."""
    said = [token for token in rest if token.content and token.word not in _EMPTY]
    return not said and all(is_where(asked, name) for name in own)


def is_where(asked: Analysis, name: NamedEntity) -> bool:
    """Whether a name stands in a question as a place or time only: ``in Vienna``."""
    start = asked.text.find(name.text)
    before = [token.word for token in asked.tokens if token.start < start]
    before = before[:-1] if before[-1:] == ["the"] else before
    return name.kind is not MentionKind.PERSON and bool(before) and before[-1] in _SIDES


def _has_bare_definite(asked: Analysis, spans: Sequence[Span]) -> bool:
    """Whether ``the`` or ``this`` stands before a noun while nothing says which: no name in it, nothing after it."""
    for place, token in enumerate(asked.tokens[:-1]):
        if token.word in _DEFINITE and not inside_any(token, spans):
            noun, following = _noun_after(asked, place, spans)
            if noun is not None and not _is_said_more(following, spans) and noun.word not in _ONLY_ONES:
                return True
    return False


def _noun_after(asked: Analysis, place: int, spans: Sequence[Span]) -> tuple[Token | None, Token | None]:
    """The noun after the article at ``place``, if its class is known, and the token after it."""
    tokens = asked.tokens
    for index in (place + 1, place + 2):
        token = tokens[index] if index < len(tokens) else None
        if token is None or not token.content or inside_any(token, spans):
            return None, None
        if classes_of(token.word):
            return token, tokens[index + 1] if index + 1 < len(tokens) else None
    return None, None


def _is_said_more(following: Token | None, spans: Sequence[Span]) -> bool:
    named = following is not None and inside_any(following, spans)
    return following is not None and (named or following.word in _COMPLETING)


def _ends_open(asked: Analysis) -> bool:
    """Whether the question breaks off: ``What band did Ek form after leaving?`` has lost what he left."""
    if len(asked.tokens) < 2:
        return False
    before, last = asked.tokens[-2:]
    return last.word.endswith("ing") and before.word in _OPEN_ENDS


def _comes_from_the_talk(own: Sequence[NamedEntity], previous: DialogueState) -> bool:
    """Whether all that is named are things without a kind that the talk brought up: a song, a committee, a law."""
    if previous.titled:
        return all(name.kind is None for name in own)
    told = (*previous.said, *previous.asked, *previous.answered)
    return all(name.kind is None and any(same(name, each) for each in told) for name in own)


_LEANING: Final = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|else|others?|same|"
    r"such|so|again|exactly|too|either|instead|whose)\b|^(?:and|but|or|also|what about|how about)\b",
    re.IGNORECASE,
)


# what is no whole question: an asking word or a place and at most one word more
_PART: Final = re.compile(
    r"(?:who|whom|what|when|where|why|how|which|since|until|in|on|at|for|by|with|from|to|about)(?: \S+)?\W*",
    re.IGNORECASE,
)


def stands_alone(question: str) -> bool:
    """Whether a question needs no talk: it points back at nothing and is more than a part of one."""
    text = question.strip()
    return _PART.fullmatch(text) is None and _LEANING.search(text) is None


def brings_more(talked: Trace, alone: Trace) -> bool:
    """Whether the talk brought an answer that the question alone does not: another sentence, which says as much of
    the question's own words."""
    if not isinstance(talked.reply, Answer) or not isinstance(alone.reply, Answer):
        return isinstance(talked.reply, Answer)
    if talked.reply.citations[0].quote == alone.reply.citations[0].quote:
        return False
    own = {token.term for token in alone.question.terms} if alone.question else set()
    return _met(talked, own) >= _met(alone, own)


def _met(trace: Trace, own: set[str]) -> int:
    """How many of the terms the best sentence holds."""
    return len(own & {token.term for token in trace.evidence[0].tokens}) if trace.evidence else 0
