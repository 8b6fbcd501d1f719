"""Proximity: of several values in a sentence the one closest to the question's words is the likeliest answer.

The constants were chosen by hand and measured on the dates and numbers of SQuAD (docs/quality.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.models import Evidence, Question
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Span, Token

_STEP = 1
"""The distance from one word to the next."""
_BREAK = 3
"""What a comma, a bracket or the like between two words adds to their distance."""
_CONJUNCTION = 2
"""What a conjunction or a relative pronoun adds to the distance."""
_CONJUNCTIONS = frozenset({"and", "but", "while", "when", "which", "who", "where", "whereas", "although", "then"})
_PUNCTUATION = re.compile(r"[,;:()\[\]–—]")
_DECAY_RATE = 0.25
"""At a distance of four a word counts half."""
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_DOER_ASKED = re.compile(rf"^who (?!{_AUXILIARY}\b)(\w+)", re.IGNORECASE)
_OTHER_ASKED = re.compile(r"^(?:(?:to|with|from|against|for) )?whom? (?:do|does|did)\b", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the |an? )?(?:[\w'’-]+ ){0,3}$")


def closeness(terms: QuestionTerms, evidence: Evidence, span: Span) -> float:
    """How close the question's words in a sentence are to ``span``, 0 to 1.

    It is the mean of 1 / (1 + rate x distance) over these words, weighted by idf.
    """
    steps = _steps(evidence)
    inside = [at for at, token in enumerate(evidence.tokens) if span.start < token.end and token.start < span.end]
    matched = _positions(terms, evidence.tokens, inside)
    if not inside or not matched:
        return 0.0
    total = sum(terms.distinct[number].weight for number in matched)
    near = sum(
        terms.distinct[number].weight * max(_decay(steps, inside, at) for at in places)
        for number, places in matched.items()
    )
    return near / total if total else 0.0


def _positions(terms: QuestionTerms, tokens: Sequence[Token], inside: Sequence[int]) -> dict[int, list[int]]:
    """The positions of each of the question's terms outside the span, by its number."""
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
    """The distance of each token from the beginning of the sentence."""
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
    """Whether a name is the subject or object that is asked for: ``who called Ek``, ``who did Ek call``.

    True where the sentence has another verb; "by" before a name makes it the one who acts.
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
