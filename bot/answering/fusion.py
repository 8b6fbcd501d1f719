"""Fuses the lexical score of a sentence with what an extractive reader says of it; both are log odds, so they add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

from bot.answering.models import Evidence
from bot.answering.readings import ExtractiveReader, SentenceReading
from retrieval.models import Hit


@cache
def weights() -> Mapping[str, float]:
    """The weights of both scores, from ``weights.toml``, which says with which reader they were fitted."""
    table = loads(files("bot.answering").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["fusion"].items()}


def read_evidence(
    reader: ExtractiveReader, question: str, hits: Sequence[Hit], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence with its readings, ranked anew: best first, sentences that the reader has not seen by their lexical
    score alone. Ties keep their order."""
    readings = {
        (passage.passage_id, reading.sentence): reading
        for passage in reader(question, hits)
        for reading in passage.sentences
    }
    read = (_with_reading(piece, readings.get((piece.hit.passage.id, piece.index))) for piece in evidence)
    return tuple(sorted(read, key=lambda piece: -piece.score))


def _with_reading(piece: Evidence, reading: SentenceReading | None) -> Evidence:
    weight_of = weights()
    said = weight_of["unread"] if reading is None else weight_of["reader"] * reading.score
    return piece.model_copy(update={"score": weight_of["lexical"] * piece.score + said, "reading": reading})
