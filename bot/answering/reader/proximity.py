"""Which of several values a sentence binds to the question's words: the one that these words stand closest around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.models import Evidence, Question
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Span, Token

_STEP = 1
_BREAK = 3
"""How many further words a comma, a bracket or the like between two words counts for."""
_CONJUNCTION = 2
_CONJUNCTIONS = frozenset({"and", "but", "while", "when", "which", "who", "where", "whereas", "although", "then"})
_PUNCTUATION = re.compile(r"[,;:()\[\]–—]")
_DECAY_RATE = 0.25
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_DOER_ASKED = re.compile(rf"^who (?!{_AUXILIARY}\b)(\w+)", re.IGNORECASE)
_OTHER_ASKED = re.compile(r"^(?:(?:to|with|from|against|for) )?whom? (?:do|does|did)\b", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the |an? )?(?:[\w'’-]+ ){0,3}$")


def closeness(terms: QuestionTerms, evidence: Evidence, span: Span) -> float:
    """How closely the question's words that a sentence meets stand around ``span``, 0 to 1.

    Each of them counts by its weight and by the words between, where a break of the sentence counts for several.
    """
    steps = _steps(evidence)
    inside = [at for at, token in enumerate(evidence.tokens) if span.start < token.end and token.start < span.end]
    met = _positions(terms, evidence.tokens, inside)
    if not inside or not met:
        return 0.0
    total = sum(terms.distinct[number].weight for number in met)
    near = sum(
        terms.distinct[number].weight * max(_decay(steps, inside, at) for at in places)
        for number, places in met.items()
    )
    return near / total if total else 0.0


def _positions(terms: QuestionTerms, tokens: Sequence[Token], inside: Sequence[int]) -> dict[int, list[int]]:
    """Where each of the question's terms stands, by its number, outside the span."""
    places: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        number = terms.index.get(token.term)
        if number is not None and at not in inside:
            places.setdefault(number, []).append(at)
    return places


def _decay(steps: Sequence[int], inside: Sequence[int], at: int) -> float:
    away = min(abs(steps[at] - steps[end]) for end in (inside[0], inside[-1]))
    return 1.0 / (1.0 + _DECAY_RATE * away)


def _steps(evidence: Evidence) -> list[int]:
    """How far along the sentence each of its tokens stands, in words and breaks."""
    steps: list[int] = []
    along = 0
    before: Token | None = None
    text, start = evidence.text, evidence.span.start
    for token in evidence.tokens:
        if before is not None:
            along += _STEP + _gap(text[before.end - start : token.start - start], token)
        steps.append(along)
        before = token
    return steps


def _gap(between: str, token: Token) -> int:
    broken = _BREAK if between != " " and _PUNCTUATION.search(between) else 0
    return broken + (_CONJUNCTION if token.word in _CONJUNCTIONS else 0)


def has_asked_role(question: Question, evidence: Evidence, span: Span) -> bool:
    """Whether a name stands on the side of the verb that is asked for: ``who called Ek``, ``who did Ek call``.

    True where the sentence has another verb, and where "by" shows that its sides are changed over.
    """
    doer = _DOER_ASKED.match(question.text)
    other = _OTHER_ASKED.match(question.text)
    if doer is None and other is None:
        return True
    tokens = [token for token in question.analysis.tokens if doer is None or token.start >= doer.start(1)]
    verb = tokens[0] if doer is not None else tokens[-1]
    places = [token.start for token in evidence.tokens if token.term == verb.term and verb.content]
    if not places:
        return True
    before = evidence.text[: span.start - evidence.span.start]
    passive = _BY.search(before) is not None
    return passive if doer is not None and span.start > max(places) else other is None or span.start > min(places)
