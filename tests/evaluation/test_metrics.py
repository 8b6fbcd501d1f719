"""The metrics on made-up results whose figures were worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation import metrics
from bot.evaluation.models import CheckedQuote, EvaluationQuestion, EvaluationResult, Prediction


def result(identity: str, asked: dict[str, Any], given_: dict[str, Any]) -> EvaluationResult:
    return EvaluationResult(
        gold=EvaluationQuestion(id=identity, question="?", **asked), prediction=Prediction(**given_)
    )


def quote(text: str, article: str = "a", true: bool = True) -> CheckedQuote:
    return CheckedQuote(article_id=article, text=text, true=true)


SET = [
    # right in the first quote and exactly right in short
    result(
        "exact",
        {"answers": ("4 January",), "articles": ("a",)},
        {"answered": True, "short": "the 4 January", "quotes": (quote("It came on 4 January."),), "confidence": 0.9},
    ),
    # right only in the second quote, from an article that does not support it
    result(
        "second",
        {"answers": ("Aktobe",), "articles": ("a",)},
        {
            "answered": True,
            "short": "Taraz and Aktau",
            "quotes": (quote("In Taraz."), quote("In Aktobe.", article="b")),
            "confidence": 0.4,
        },
    ),
    # diacritics, dotless i and case do not matter; half of the words of short are right
    result(
        "folded",
        {"answers": ("Çavuşoğlu",)},
        {"answered": True, "short": "MEVLUT CAVUSOGLU", "quotes": (quote("…"),), "confidence": 0.8},
    ),
    # all of a list are needed, wherever in the reply
    result(
        "list",
        {"all_of": ("Aktau", "Almaty"), "answers": ("Aktau",)},
        {"answered": True, "text": "Aktau, Almaty", "quotes": (quote("Aktau rose."),), "confidence": 0.7},
    ),
    result(
        "half a list",
        {"all_of": ("Aktau", "Almaty"), "answers": ("Aktau",)},
        {"answered": True, "text": "Aktau", "quotes": (quote("Aktau rose."),), "confidence": 0.3},
    ),
    # abstains though the articles answer
    result("abstains", {"answers": ("yes",), "articles": ("a",)}, {"answered": False, "confidence": 0.2}),
    # rightly abstains, and answers though no article does, with a quote that is false
    result("unanswerable", {"answerable": False}, {"answered": False, "confidence": 0.1}),
    result(
        "made up",
        {"answerable": False},
        {"answered": True, "quotes": (quote("Never said.", true=False),), "confidence": 0.8},
    ),
]


@pytest.mark.parametrize(
    ("measure", "mean"),
    [
        (metrics.sentence, 3 / 6),
        (metrics.reply, 4 / 6),
        (metrics.short, 2 / 6),
        (metrics.em, 1 / 6),
        (metrics.f1, (1 + 2 / 3) / 6),
        (metrics.words, (5 + 4 + 1 + 2 + 2) / 5),
        (metrics.cited, 1 / 2),
        (metrics.false_abstain, 1 / 6),
        (metrics.abstained, 1 / 2),
        (metrics.false_quotes, 1 / 8),
        (metrics.uncited, 0.0),
    ],
)
def test_means(measure: Any, mean: float) -> None:
    assert measure(SET).mean == pytest.approx(mean)


QUOTED = {"answered": False, "closest": True, "quotes": (quote("It came on 4 January."),), "confidence": 0.4}
UNSURE = [
    result("closest", {"answers": ("4 January",), "articles": ("a",)}, QUOTED),
    result("silent", {"answers": ("4 January",)}, {"answered": False}),
    result("near miss", {"answerable": False}, QUOTED),
]


@pytest.mark.parametrize(
    ("measure", "mean"),
    [
        (metrics.sentence, 0.0),
        (metrics.reply, 0.0),
        (metrics.unsure, 1 / 2),
        (metrics.false_abstain, 1 / 2),
        (metrics.abstained, 1.0),
        (metrics.cited, None),
        (metrics.words, None),
        (metrics.uncited, 0.0),
        (metrics.false_quotes, 0.0),
    ],
)
def test_the_closest_quotes_claim_nothing(measure: Any, mean: float | None) -> None:
    assert measure(UNSURE).mean == mean


def test_rows_have_the_score_of_each_question() -> None:
    assert metrics.sentence(SET).rows == {
        "exact": 1.0,
        "second": 0.0,
        "folded": 1.0,
        "list": 1.0,
        "half a list": 0.0,
        "abstains": 0.0,
    }


def test_auroc_counts_pairs_in_order_and_ties_half() -> None:
    # right: 0.9, 0.8, 0.7; unanswerable: 0.1, 0.8; in order 1+1, 1+half, 1+0 of six pairs
    assert metrics.auroc(SET) == pytest.approx((2 + 1.5 + 1) / 6)


def test_auroc_needs_both_sides() -> None:
    assert metrics.auroc(SET[:1]) is None


def test_no_score_has_no_mean() -> None:
    assert metrics.abstained(SET[:1]).mean is None


def test_an_answer_without_a_citation_is_counted() -> None:
    bare = result("bare", {"answers": ("x",)}, {"answered": True, "short": "x"})
    assert metrics.uncited([bare]).mean == 1.0
    assert metrics.sentence([bare]).mean == 0.0


def test_facts_have_a_row_each() -> None:
    row = result("q", {"facts": ("one", "two")}, {"answered": True, "facts_found": (True, False)})
    assert metrics.fact_recall([row]).rows == {"q/0": 1.0, "q/1": 0.0}


def test_first_hit_is_scored_where_the_right_passage_is_known() -> None:
    rows = [result(str(value), {}, {"answered": True, "first_hit_is_right": value}) for value in (True, False, None)]
    assert metrics.first_hit(rows).rows == {"True": 1.0, "False": 0.0}


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0), (1.0, 4.0)])
def test_quantile(share: float, value: float) -> None:
    assert metrics.quantile([4.0, 1.0, 3.0, 2.0], share) == value


@given(text=st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert metrics.fold(metrics.fold(text)) == metrics.fold(text)


@given(guess=st.text(max_size=30), gold=st.text(max_size=30))
def test_f1_is_from_0_to_1_and_symmetric(guess: str, gold: str) -> None:
    assert 0.0 <= metrics.token_f1(guess, gold) <= 1.0
    assert metrics.token_f1(guess, gold) == metrics.token_f1(gold, guess)
    assert metrics.token_f1(gold, gold) == 1.0


def test_a_question_without_an_accepted_answer_yet_is_not_scored_by_it() -> None:
    open_question = [result("open", {}, {"answered": True, "short": "4 May", "quotes": (quote("On 4 May."),)})]
    for measure in (metrics.sentence, metrics.reply, metrics.short, metrics.em, metrics.f1):
        assert measure(open_question).mean is None
    assert metrics.false_abstain(open_question).mean == 0.0
