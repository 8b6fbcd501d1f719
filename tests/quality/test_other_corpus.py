"""Floors under the answers on another corpus: the rules are general, and what they reach there is not lost again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from bot import bootstrap
from bot.evaluation.models import EvaluationQuestion, EvaluationResult
from bot.evaluation.report import Summary, summary
from bot.evaluation.runner import evaluate_question
from bot.settings import Settings
from tests.paths import ROOT

CORPUS = ROOT / "tests" / "data" / "other_corpus"
TODAY = date(2023, 11, 16)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Sequence[EvaluationResult]:
    dateline = bootstrap.build(Settings(data_dir=tmp_path_factory.mktemp("data")), empty=True)
    known = EvaluationQuestion.model_fields
    rows = [json.loads(line) for line in (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = [
        EvaluationQuestion.model_validate({name: value for name, value in row.items() if name in known}) for row in rows
    ]
    try:
        report = dateline.add([CORPUS / "articles"])
        assert (len(report.added), report.refused) == (6, ())
        return [evaluate_question(dateline, each, TODAY) for each in asked]
    finally:
        dateline.close()


@pytest.fixture(scope="module")
def figures(results: Sequence[EvaluationResult]) -> Summary:
    return summary(results)


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("sentence", 0.87),
        ("reply", 0.88),
        ("short", 0.60),
        ("abstained", 19 / 22),
        ("cited", 1.0),
        ("auroc", 0.94),
    ],
)
def test_a_figure_is_not_below_its_floor(figures: Summary, figure: str, least: float) -> None:
    assert (figures[figure] or 0.0) >= round(least, 4)


def test_few_questions_that_the_articles_answer_get_no_claim(figures: Summary) -> None:
    assert (figures["false_abstain"] or 0.0) + (figures["unsure"] or 0.0) <= 0.10


@pytest.mark.parametrize(("figure", "most"), [("words", 40)])
def test_a_figure_is_not_above_its_ceiling(figures: Summary, figure: str, most: float) -> None:
    assert (figures[figure] or 0.0) <= most


def test_no_quote_is_false_and_no_answer_uncited(figures: Summary) -> None:
    assert (figures["false_quotes"], figures["uncited"]) == (0, 0)


def test_the_set_holds_what_it_is_meant_to(results: Sequence[EvaluationResult]) -> None:
    assert len({row.gold.id for row in results}) == len(results) >= 60
    assert sum(not row.gold.answerable for row in results) >= 12
    assert {row.gold.kind for row in results} >= {
        "who",
        "when",
        "where",
        "why",
        "how_many",
        "how_long",
        "list",
        "on_date",
    }
    for row in results:
        assert row.gold.articles or not row.gold.answerable
