"""Calibration: confidence against how often the answers are right."""

from __future__ import annotations

import pytest

from bot.evaluation.calibration import calibration_error, reliability
from bot.evaluation.models import CheckedQuote, EvaluationQuestion, EvaluationResult, Prediction


def result(confidence: float, right: bool, *, answered: bool = True, answerable: bool = True) -> EvaluationResult:
    quote = CheckedQuote(article_id="report", text="The ferry sank." if right else "The ferry was new.")
    gold = EvaluationQuestion(
        id="q", question="What happened?", answerable=answerable, answers=("sank",) if answerable else ()
    )
    prediction = Prediction(answered=answered, confidence=confidence, quotes=(quote,))
    return EvaluationResult(gold=gold, prediction=prediction)


def test_answers_are_sorted_by_confidence_and_counted_right() -> None:
    rows = [result(0.72, True), result(0.78, False), result(1.0, True), result(0.31, True, answerable=False)]
    found = [(each.lowest, each.answers, each.right) for each in reliability(rows)]
    assert found == [(0.3, 1, 0.0), (0.7, 2, 0.5), (0.9, 1, 1.0)]


def test_abstentions_and_questions_without_a_known_answer_do_not_count() -> None:
    unknown = EvaluationResult(
        gold=EvaluationQuestion(id="q", question="What?"), prediction=Prediction(answered=True, confidence=0.5)
    )
    assert reliability([result(0.9, True, answered=False), unknown]) == ()
    assert calibration_error([result(0.9, True, answered=False)]) is None


def test_the_error_is_the_gap_between_confidence_and_accuracy() -> None:
    honest = [result(0.75, number < 3) for number in range(4)]
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error([result(0.9, False)] * 3 + [result(0.2, False)]) == pytest.approx(0.725)
