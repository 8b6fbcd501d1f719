"""Whether a question can stand without the talk before it, as far as its words show; pure."""

from __future__ import annotations

import re
from typing import Final

from bot.answering.models import Answer, Trace

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
