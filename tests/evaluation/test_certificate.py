"""Certificates: which claims count as wrong, and the exact upper bound of their rate."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.certificate import (
    Certificate,
    PooledCertificate,
    as_line,
    as_pooled_line,
    certificate,
    pooled,
    upper_bound,
)
from bot.evaluation.models import CheckedQuote, EvaluationQuestion, EvaluationResult, Prediction

COUNTS = st.integers(1, 60).flatmap(lambda claimed: st.tuples(st.integers(0, claimed), st.just(claimed)))


def result(quote: str, *, short: str | None = None, answered: bool = True, answerable: bool = True) -> EvaluationResult:
    gold = EvaluationQuestion(
        id="q", question="What happened?", answerable=answerable, answers=("sank",) if answerable else ()
    )
    quotes = (CheckedQuote(article_id="report", text=quote), CheckedQuote(article_id="report", text="It sank."))
    return EvaluationResult(gold=gold, prediction=Prediction(answered=answered, short=short, quotes=quotes))


class TestCertificate:
    def test_a_claim_is_wrong_without_an_accepted_answer_in_the_first_quote_or_the_short_answer(self) -> None:
        rows = [result("The ferry sank."), result("It was new.", short="sank"), result("It was new.")]
        assert certificate(rows) == Certificate(questions=3, claimed=3, wrong=1)

    def test_a_claim_on_an_unanswerable_question_is_wrong(self) -> None:
        assert certificate([result("The ferry sank.", answerable=False)]).wrong == 1

    def test_an_abstention_is_a_question_but_no_claim(self) -> None:
        rows = [result("It was new.", answered=False), result("It was new.", answered=False, answerable=False)]
        assert certificate(rows) == Certificate(questions=2, claimed=0, wrong=0)

    def test_without_claims_nothing_is_guaranteed(self) -> None:
        nothing = Certificate(questions=9, claimed=0, wrong=0)
        assert (nothing.rate, nothing.upper_bound) == (None, 1.0)


class TestUpperBound:
    @pytest.mark.parametrize("claimed", [1, 10, 59, 3000])
    def test_without_wrong_claims_it_has_a_closed_form(self, claimed: int) -> None:
        assert upper_bound(0, claimed) == pytest.approx(1 - 0.05 ** (1 / claimed), abs=1e-8)

    @pytest.mark.parametrize("claimed", [2, 41, 500])
    def test_with_one_right_claim_it_has_a_closed_form(self, claimed: int) -> None:
        assert upper_bound(claimed - 1, claimed) == pytest.approx(0.95 ** (1 / claimed), abs=1e-8)

    @pytest.mark.parametrize(("wrong", "claimed"), [(3, 41), (1, 7), (12, 90), (70, 150)])
    @pytest.mark.parametrize("confidence", [0.95, 0.975])
    def test_as_few_wrong_claims_have_the_remaining_probability(
        self, wrong: int, claimed: int, confidence: float
    ) -> None:
        whole = 10**9
        part = round(upper_bound(wrong, claimed, confidence) * whole)
        tail = sum(comb(claimed, k) * part**k * (whole - part) ** (claimed - k) for k in range(wrong + 1))
        assert tail / whole**claimed == pytest.approx(1 - confidence, abs=1e-6)

    @settings(deadline=None, max_examples=40)
    @given(COUNTS)
    def test_it_is_above_the_observed_rate_and_grows_with_wrong_claims(self, counts: tuple[int, int]) -> None:
        wrong, claimed = counts
        assert wrong / claimed <= upper_bound(wrong, claimed) <= 1
        assert upper_bound(wrong, claimed) <= upper_bound(min(wrong + 1, claimed), claimed)

    @settings(deadline=None, max_examples=40)
    @given(COUNTS)
    def test_it_falls_with_more_right_claims_and_with_less_confidence(self, counts: tuple[int, int]) -> None:
        wrong, claimed = counts
        assert upper_bound(wrong, claimed + 1) < upper_bound(wrong, claimed)
        assert upper_bound(wrong, claimed, 0.9) <= upper_bound(wrong, claimed, 0.95)


class TestPooled:
    small, large = Certificate(questions=12, claimed=10, wrong=2), Certificate(questions=999, claimed=800, wrong=0)

    def test_each_set_counts_equally(self) -> None:
        both = pooled([self.small, self.large])
        assert both.sets == 2
        assert both.rate == pytest.approx(0.1)
        assert both.upper_bound == pytest.approx((upper_bound(2, 10, 0.975) + upper_bound(0, 800, 0.975)) / 2)

    def test_a_single_set_keeps_its_bound(self) -> None:
        assert pooled([self.small]).upper_bound == pytest.approx(self.small.upper_bound)

    def test_a_set_without_claims_has_no_rate_and_the_worst_bound(self) -> None:
        both = pooled([self.large, Certificate(questions=5, claimed=0, wrong=0)])
        assert both.rate is None
        assert both.upper_bound > 0.5


class TestLines:
    def test_the_bound_is_rounded_up(self) -> None:
        assert as_line(Certificate(questions=110, claimed=41, wrong=3)) == (
            "41 of 110 claimed, 3 wrong (7.3 %); with 95 % confidence at most 17.9 % of claims are wrong."
        )
        assert "at most 5.0 %" in as_line(Certificate(questions=60, claimed=59, wrong=0))

    def test_without_claims_there_is_no_rate(self) -> None:
        assert as_line(Certificate(questions=9, claimed=0, wrong=0)) == (
            "0 of 9 claimed, 0 wrong; with 95 % confidence at most 100.0 % of claims are wrong."
        )

    @pytest.mark.parametrize(("rate", "text"), [(0.1, "10.0 % wrong"), (None, "a set has no claims")])
    def test_the_pooled_line_names_the_number_of_sets(self, rate: float | None, text: str) -> None:
        line = as_pooled_line(PooledCertificate(sets=2, rate=rate, upper_bound=0.2001))
        assert line == f"mean of 2 sets, {text}; with 95 % confidence at most 20.1 % of claims are wrong."
