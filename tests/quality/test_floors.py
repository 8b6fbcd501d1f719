"""Floors under the answers to the seed questions: what is reached is not lost again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot import bootstrap
from bot.evaluation.models import EvaluationQuestion, EvaluationResult
from bot.evaluation.report import Summary, summary
from bot.evaluation.runner import evaluate_question
from bot.extractive_reader.optional import WEIGHTS
from bot.settings import Settings

QUESTIONS = Path(__file__).parent / "questions.jsonl"
TODAY = date(2022, 1, 7)
FIRST = 52
"""How many questions the set began with; the ones after them are harder, so they have floors of their own."""
KINDS = set(
    "who whom whose when where why how how_many how_long what which definition quote list yes_no on_date sources "
    "source_filter count latest compare keywords planned typo script unanswerable".split()
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Sequence[EvaluationResult]:
    dateline = bootstrap.build(Settings(data_dir=tmp_path_factory.mktemp("data")))
    known = EvaluationQuestion.model_fields
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = [
        EvaluationQuestion.model_validate({name: value for name, value in row.items() if name in known}) for row in rows
    ]
    try:
        return [evaluate_question(dateline, each, TODAY) for each in asked]
    finally:
        dateline.close()


@pytest.fixture(scope="module")
def first(results: Sequence[EvaluationResult]) -> Summary:
    return summary(results[:FIRST])


@pytest.fixture(scope="module")
def whole(results: Sequence[EvaluationResult]) -> Summary:
    return summary(results)


@pytest.mark.parametrize(
    ("figure", "least"),
    [("sentence", 0.95), ("reply", 1.0), ("abstained", 1.0), ("cited", 1.0), ("auroc", 0.95)],
)
def test_a_figure_of_the_first_questions_is_not_below_its_floor(first: Summary, figure: str, least: float) -> None:
    assert (first[figure] or 0.0) >= least


@pytest.mark.parametrize(("figure", "most"), [("false_abstain", 0.0), ("unsure", 0.0), ("words", 60)])
def test_a_figure_of_the_first_questions_is_not_above_its_ceiling(first: Summary, figure: str, most: float) -> None:
    assert (first[figure] or 0.0) <= most


@pytest.mark.parametrize(
    ("figure", "least"),
    [("sentence", 0.84), ("reply", 0.87), ("abstained", 0.65), ("cited", 0.97), ("auroc", 0.91)],
)
def test_a_figure_of_the_whole_set_is_not_below_its_floor(whole: Summary, figure: str, least: float) -> None:
    assert (whole[figure] or 0.0) >= least


def test_few_questions_that_the_articles_answer_get_no_claim(whole: Summary) -> None:
    assert (whole["false_abstain"] or 0.0) + (whole["unsure"] or 0.0) <= 0.09


@pytest.mark.parametrize(("figure", "most"), [("words", 55)])
def test_a_figure_of_the_whole_set_is_not_above_its_ceiling(whole: Summary, figure: str, most: float) -> None:
    assert (whole[figure] or 0.0) <= most


def test_no_quote_is_false_and_no_answer_uncited(whole: Summary) -> None:
    assert (whole["false_quotes"], whole["uncited"]) == (0, 0)


def test_the_set_holds_what_it_is_meant_to(results: Sequence[EvaluationResult]) -> None:
    asked = [row.gold for row in results]
    assert len({each.id for each in asked}) == len({each.question.casefold() for each in asked}) == len(asked) >= 150
    assert sum(not each.answerable for each in asked) * 3 >= len(asked)
    assert {each.kind for each in asked} >= KINDS
    assert all(each.answers and each.articles for each in asked if each.answerable)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The first questions with the reader of the package."""
    dateline = bootstrap.build(Settings(data_dir=tmp_path_factory.mktemp("read"), reader=WEIGHTS))
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()[:FIRST]]
    known = EvaluationQuestion.model_fields
    asked = [
        EvaluationQuestion.model_validate({name: value for name, value in row.items() if name in known}) for row in rows
    ]
    try:
        return summary([evaluate_question(dateline, each, TODAY) for each in asked])
    finally:
        dateline.close()


@pytest.mark.parametrize(
    ("figure", "least"), [("sentence", 0.90), ("abstained", 1.0), ("cited", 0.95), ("auroc", 0.95)]
)
def test_a_figure_with_the_reader_is_not_below_its_floor(read: Summary, figure: str, least: float) -> None:
    assert (read[figure] or 0.0) >= least
