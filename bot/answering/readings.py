"""What an extractive reader says of passages: for each sentence its best span and how well that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from retrieval.models import Hit, Span


class SentenceReading(NamedTuple):
    """The best span of the passage's sentence number ``sentence``, in code points of the article, and its score.

    ``score`` is the span's start and end logit less the no-answer logits of its passage: above 0 the reader holds that
    the span answers, below that nothing in the passage does.
    """

    sentence: int
    span: Span
    score: float


class PassageReading(NamedTuple):
    """The readings of a passage's sentences that the reader has seen, in order."""

    passage_id: str
    sentences: tuple[SentenceReading, ...]


class ExtractiveReader(Protocol):
    """Reads a question together with passages; a passage that could not be read is left out."""

    @property
    def digest(self) -> str | None:
        """What names the weights, so that scores are only trusted of the reader they were fitted for."""

    def __call__(self, question: str, hits: Sequence[Hit]) -> Sequence[PassageReading]: ...
