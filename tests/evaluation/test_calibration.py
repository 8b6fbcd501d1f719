"""Calibration: confidence against how often the answers are right."""

from __future__ import annotations

import pytest

from bot.evaluation.calibration import calibration_error, reliability
from bot.evaluation.models import CheckedQuote, EvaluatedReply, EvaluationQuestion, JudgedReply


def judged(confidence: float, right: bool, *, answered: bool = True, answerable: bool = True) -> JudgedReply:
    quote = CheckedQuote(article_id="report", text="The ferry sank." if right else "The ferry was new.")
    asked = EvaluationQuestion(
        id="q", question="What happened?", answerable=answerable, answers=("sank",) if answerable else ()
    )
    return JudgedReply(asked=asked, given=EvaluatedReply(answered=answered, confidence=confidence, quotes=(quote,)))


def test_answers_are_sorted_by_confidence_and_counted_right() -> None:
    rows = [judged(0.72, True), judged(0.78, False), judged(1.0, True), judged(0.31, True, answerable=False)]
    found = [(each.lowest, each.answers, each.right) for each in reliability(rows)]
    assert found == [(0.3, 1, 0.0), (0.7, 2, 0.5), (0.9, 1, 1.0)]


def test_silence_and_questions_without_a_known_answer_do_not_count() -> None:
    unknown = JudgedReply(
        asked=EvaluationQuestion(id="q", question="What?"), given=EvaluatedReply(answered=True, confidence=0.5)
    )
    assert reliability([judged(0.9, True, answered=False), unknown]) == ()
    assert calibration_error([judged(0.9, True, answered=False)]) is None


def test_the_error_is_the_gap_between_what_is_said_and_what_is_so() -> None:
    honest = [judged(0.75, number < 3) for number in range(4)]
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error([judged(0.9, False)] * 3 + [judged(0.2, False)]) == pytest.approx(0.725)
