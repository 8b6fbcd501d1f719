"""Decides whether a question depends on the conversation, and whether the conversation helped to answer it."""

from __future__ import annotations

import re
from typing import Final

from bot.answering.models import Answer, Trace

_POINTS_BACK: Final = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|else|others?|same|"
    r"such|so|again|exactly|too|either|instead|whose)\b|^(?:and|but|or|also|what about|how about)\b",
    re.IGNORECASE,
)
# not a whole question: a question word or a preposition and at most one more word
_FRAGMENT: Final = re.compile(
    r"(?:who|whom|what|when|where|why|how|which|since|until|in|on|at|for|by|with|from|to|about)(?: \S+)?\W*",
    re.IGNORECASE,
)


def is_self_contained(question: str) -> bool:
    """Whether a question is complete by itself: it refers back to nothing and is more than a part of a question."""
    text = question.strip()
    return _FRAGMENT.fullmatch(text) is None and _POINTS_BACK.search(text) is None


def conversation_helps(with_context: Trace, alone: Trace) -> bool:
    """Whether the question rewritten with its conversation is answered better than the question as it was typed.

    Where both are answered, the rewritten one needs another first quote that has at least as many of the typed
    question's terms; where neither is, only a question that is not self-contained is about the conversation.
    """
    if not isinstance(with_context.reply, Answer) or not isinstance(alone.reply, Answer):
        neither = not isinstance(with_context.reply, Answer) and not isinstance(alone.reply, Answer)
        return isinstance(with_context.reply, Answer) or (neither and not is_self_contained(alone.text))
    if with_context.reply.citations[0].quote == alone.reply.citations[0].quote:
        return False
    return _terms_in_best(with_context, alone) >= _terms_in_best(alone, alone)


def _terms_in_best(trace: Trace, typed: Trace) -> int:
    """How many of the typed question's terms the best sentence of ``trace`` has."""
    terms = {token.term for token in typed.question.terms} if typed.question else set()
    return len(terms & {token.term for token in trace.evidence[0].tokens}) if trace.evidence else 0
