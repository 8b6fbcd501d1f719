"""Fuses the lexical score of a sentence with what an extractive reader says of it; both are log odds, so they add."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.answering.features import fitted_digest, weight_table
from bot.answering.models import Evidence
from bot.answering.readings import ExtractiveReader, SentenceReading
from retrieval.models import Hit

_COMPARED = 24
"""Among how many of the best sentences a sentence's share is taken; the weights were fitted so."""


def is_fitted(reader: ExtractiveReader) -> bool:
    """Whether weights and thresholds were fitted for this reader; what another one says may only be shown as close."""
    return reader.digest == fitted_digest()


def read_evidence(
    reader: ExtractiveReader, question: str, hits: Sequence[Hit], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence with its readings, ranked anew: best first, ties in their order."""
    readings = {
        (passage.passage_id, reading.sentence): reading
        for passage in reader(question, hits)
        for reading in passage.sentences
    }
    if not readings:
        return tuple(evidence)
    read = [_with_reading(piece, readings.get((piece.hit.passage.id, piece.index))) for piece in evidence]
    return tuple(sorted(read, key=lambda piece: -piece.score))


def _with_reading(piece: Evidence, reading: SentenceReading | None) -> Evidence:
    """A sentence that the reader has not seen is ranked by its lexical score and the weight of being unread."""
    weight_of = weight_table("fusion")
    said = weight_of["unread"] if reading is None else weight_of["reader"] * reading.score
    return piece.model_copy(update={"score": weight_of["lexical"] * piece.score + said, "reading": reading})


def reading_values(evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the fused ranking says of its best sentence: its reading, the best reading of all, how far it leads.

    ``share`` is the logarithm of its probability among the best sentences, a soft-max of their scores."""
    compared = evidence[:_COMPARED]
    best, scores = compared[0], [piece.score for piece in compared]
    readings = [piece.reading.score for piece in evidence if piece.reading is not None]
    whole = math.log(math.fsum(math.exp(score - scores[0]) for score in scores))
    return {
        "reader": best.reading.score if best.reading else _UNREAD,
        "top": max(readings, default=_UNREAD),
        "lead": scores[0] - scores[1] if len(scores) > 1 else _ALONE,
        "share": -whole,
    }


_UNREAD = -10.0
"""The reading of a sentence that was not read, as when the weights were fitted: below nearly all readings."""
_ALONE = 3.0
"""The lead of the only sentence, as when the weights were fitted."""
