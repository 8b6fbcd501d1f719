"""The best span of a sentence by the model's logits, and what belongs to the answer of its words."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST_SPAN = 24
"""Word pieces of a span at most."""
_OPENING = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«", "’": "‘", '"': '"', "'": "'"}
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}$")


class ScoredSpan(NamedTuple):
    """A span from the token ``first`` to the token ``last``, both included; ``score`` is start plus end logit."""

    first: int
    last: int
    score: float


def best_span(logits: NDArray[np.float32]) -> ScoredSpan:
    """The span with the highest sum of start and end logit; ``logits``, of shape (tokens, 2), are a sentence's."""
    sums = logits[:, 0, None] + logits[None, :, 1]
    allowed = np.triu(np.tri(len(logits), k=LONGEST_SPAN - 1, dtype=np.bool_))
    first, last = np.unravel_index(np.where(allowed, sums, -np.inf).argmax(), sums.shape)
    return ScoredSpan(int(first), int(last), float(sums[first, last]))


def trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span ``start:end`` of a sentence without white space around it and without punctuation that closes others.

    A bracket or quotation mark stays where the one that opens it is in the span, and so does the full stop of "U.S.".
    Of a span of nothing else everything stays.
    """
    words, after = sentence[start:end].rstrip(), sentence[end:]
    while words and _closes(words, after):
        words, after = words[:-1].rstrip(), words[-1] + after
    kept = words.lstrip()
    return (start + len(words) - len(kept), start + len(words)) if kept else (start, end)


def _closes(words: str, after: str) -> bool:
    """Whether the last character of ``words`` closes what is not among them; ``after`` is the rest of the sentence."""
    before, last = words[:-1], words[-1]
    if last == ".":
        return not _ABBREVIATION.search(words) and not re.search(r"\w", after)
    if last in _OPENING:
        return not _is_open(before, _OPENING[last], last)
    return last in ",;:!?…–—-"


def _is_open(before: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return before.count(opening) % 2 == 1
    return before.count(opening) > before.count(closing)
