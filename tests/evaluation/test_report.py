"""The report: a table of kinds, figures over all, and what changed against an earlier run."""

from __future__ import annotations

import json

from bot.evaluation import report
from bot.evaluation.models import CheckedQuote, EvaluationQuestion, EvaluationResult, Prediction


def row(identity: str, kind: str, right: bool, cpu_ms: float = 2.0) -> EvaluationResult:
    prediction = Prediction(
        answered=True,
        kind="what",
        short="yes" if right else "no",
        quotes=(CheckedQuote(article_id="a", text="…"),),
        cpu_ms=cpu_ms,
    )
    gold = EvaluationQuestion(id=identity, question=f"{identity}?", kind=kind or None, answers=("yes",))
    return EvaluationResult(gold=gold, prediction=prediction)


ROWS = [row("a", "who", True, 1.0), row("b", "when", False, 3.0), row("c", "who", False, 9.0)]


def test_summary_has_means_and_times() -> None:
    figures = report.summary(ROWS)
    assert figures["answerable"] == 3
    assert figures["unanswerable"] == 0
    assert figures["sentence"] == 0.3333
    assert figures["cpu_ms_median"] == 3.0
    assert figures["cpu_ms_p95"] == 9.0
    assert figures["abstained"] is None


def test_a_summary_for_each_kind() -> None:
    kinds = report.by_kind(ROWS)
    assert {kind: figures["sentence"] for kind, figures in kinds.items()} == {"when": 0.0, "who": 0.5}


def test_questions_without_a_kind_have_the_kind_that_the_bot_found() -> None:
    assert list(report.by_kind([row("a", "", True)])) == ["what"]


def test_text_aligns_the_kinds() -> None:
    head, *lines = report.as_text(ROWS).split("\n\n")[0].splitlines()
    column = head.index("sentence") + len("sentence")
    assert [line[:column].split()[-1] for line in lines] == ["0.000", "0.500"]


def test_json_can_be_compared_with_later() -> None:
    before = json.loads(json.dumps(report.as_json(ROWS)))
    now = [row("a", "who", False), row("b", "when", True), row("c", "who", False)]
    assert report.changes(now, before)[-2:] == ["lost a: a?", "won b: b?"]


def test_an_equal_run_has_no_changes() -> None:
    slower = [row(each.gold.id, each.gold.kind or "", report.is_right(each), 50.0) for each in ROWS]
    assert report.changes(slower, json.loads(json.dumps(report.as_json(ROWS)))) == []


def test_an_abstention_on_an_unanswerable_question_is_right() -> None:
    abstained = EvaluationResult(
        gold=EvaluationQuestion(id="x", question="?", answerable=False), prediction=Prediction(answered=False)
    )
    assert report.is_right(abstained)
