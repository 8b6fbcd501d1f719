"""Whether confidence is what it says: of the answers given with probability 0.7, seven in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation import metrics
from bot.evaluation.models import JudgedReply
from retrieval.models import Record

BINS = 10


class Bin(Record):
    """The answers whose confidence lies from ``lowest`` up to a tenth more: how many, how sure, how often right."""

    lowest: float
    answers: int
    confidence: float
    right: float


def reliability(judged: Sequence[JudgedReply]) -> tuple[Bin, ...]:
    """The reliability table (DeGroot and Fienberg 1983) of the answers given; empty bins are left out.

    An answer is right where an accepted one stands in its first quote; to an unanswerable question none is."""
    sorted_in: dict[int, list[tuple[float, float]]] = {}
    for row in judged:
        if (right := _right(row)) is not None:
            place = min(int(row.given.confidence * BINS), BINS - 1)
            sorted_in.setdefault(place, []).append((row.given.confidence, right))
    return tuple(_bin(place, rows) for place, rows in sorted(sorted_in.items()))


def calibration_error(judged: Sequence[JudgedReply]) -> float | None:
    """Expected calibration error (Naeini et al. 2015): the mean gap of the bins by their answers; None without any."""
    bins = reliability(judged)
    answers = sum(each.answers for each in bins)
    return sum(each.answers * abs(each.confidence - each.right) for each in bins) / answers if answers else None


def _bin(place: int, rows: Sequence[tuple[float, float]]) -> Bin:
    return Bin(
        lowest=place / BINS,
        answers=len(rows),
        confidence=sum(confidence for confidence, _ in rows) / len(rows),
        right=sum(right for _, right in rows) / len(rows),
    )


def _right(row: JudgedReply) -> float | None:
    """Whether an answer is right; None of silence, and where no accepted answer is known."""
    if not row.given.answered:
        return None
    return metrics.sentence([row]).mean if row.asked.answerable else 0.0
