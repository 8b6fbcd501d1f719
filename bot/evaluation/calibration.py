"""Calibration: of the answers with confidence 0.7, seven in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation import metrics
from bot.evaluation.models import EvaluationResult
from retrieval.models import Record

BINS = 10


class Bin(Record):
    """The answers with confidence in [``lowest``, ``lowest`` + 0.1): count, mean confidence, share that is right."""

    lowest: float
    answers: int
    confidence: float
    right: float


def reliability(results: Sequence[EvaluationResult]) -> tuple[Bin, ...]:
    """The reliability table (DeGroot and Fienberg 1983), one bin for each tenth of confidence that has answers.

    An answer is right where its first quote contains an accepted one; to an unanswerable question no answer is."""
    binned: dict[int, list[tuple[float, float]]] = {}
    for row in results:
        if (right := _right(row)) is not None:
            place = min(int(row.prediction.confidence * BINS), BINS - 1)
            binned.setdefault(place, []).append((row.prediction.confidence, right))
    return tuple(_bin(place, rows) for place, rows in sorted(binned.items()))


def calibration_error(results: Sequence[EvaluationResult]) -> float | None:
    """Expected calibration error (Naeini et al. 2015), from 0 to 1: the mean over the answers of |confidence - right|.

    None where no answer is known to be right or wrong."""
    bins = reliability(results)
    answers = sum(each.answers for each in bins)
    gaps = sum(each.answers * abs(each.confidence - each.right) for each in bins)
    return gaps / answers if answers else None


def _bin(place: int, rows: Sequence[tuple[float, float]]) -> Bin:
    return Bin(
        lowest=place / BINS,
        answers=len(rows),
        confidence=sum(confidence for confidence, _ in rows) / len(rows),
        right=sum(right for _, right in rows) / len(rows),
    )


def _right(row: EvaluationResult) -> float | None:
    """1.0 for a right answer, 0.0 for a wrong one; None for an abstention and where no accepted answer is known."""
    if not row.prediction.answered:
        return None
    return metrics.sentence([row]).mean if row.gold.answerable else 0.0
