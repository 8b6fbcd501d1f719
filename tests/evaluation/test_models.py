"""The records of evaluation: which kind a result has, and the mean of a figure."""

from __future__ import annotations

import pytest

from bot.evaluation.models import EvaluationQuestion, EvaluationResult, Figure, Prediction


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"), [("who", "when", "who"), (None, "when", "when"), (None, "", "unknown")]
)
def test_the_kind_of_the_question_set_comes_before_the_kind_that_the_bot_found(
    gold: str | None, predicted: str, kind: str
) -> None:
    question = EvaluationQuestion(id="1", question="?", kind=gold)
    assert EvaluationResult(gold=question, prediction=Prediction(answered=False, kind=predicted)).kind == kind


def test_the_mean_of_a_figure() -> None:
    assert Figure(name="sentence", rows={"a": 1.0, "b": 0.0, "c": 0.5}).mean == 0.5
    assert Figure(name="sentence", rows={}).mean is None
