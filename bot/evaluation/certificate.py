"""Certificates: an upper bound of the rate of wrong claims, from the claims that were made on a question set.

A claim is a reply that gives an answer; showing the closest quotes is none. It is wrong where ``report.is_right`` says
so: no accepted answer in the first quote or the short answer, or the articles do not contain the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, exp, lgamma, log, log1p
from statistics import fmean

from bot.evaluation.models import EvaluationResult
from bot.evaluation.report import is_right
from retrieval.models import Record

CONFIDENCE = 0.95
_PRECISION = 1e-9


class Certificate(Record):
    """The numbers of questions, claims and wrong claims of a question set. The properties are keys of ``--json``."""

    questions: int
    claimed: int
    wrong: int

    @property
    def rate(self) -> float | None:
        """The share of the claims that are wrong, 0 to 1; None where nothing is claimed."""
        return self.wrong / self.claimed if self.claimed else None

    @property
    def upper_bound(self) -> float:
        """The 95 % upper bound of the rate of wrong claims, 0 to 1."""
        return upper_bound(self.wrong, self.claimed)


class PooledCertificate(Record):
    """The mean rate of wrong claims over question sets that count equally, and its 95 % upper bound, 0 to 1."""

    sets: int
    rate: float | None
    upper_bound: float


def certificate(results: Sequence[EvaluationResult]) -> Certificate:
    """The certificate of a question set in which each answerable question has an accepted answer."""
    claims = [row for row in results if row.prediction.answered]
    wrong = sum(not is_right(row) for row in claims)
    return Certificate(questions=len(results), claimed=len(claims), wrong=wrong)


def pooled(certificates: Sequence[Certificate]) -> PooledCertificate:
    """One certificate for one or more sets, each of which counts equally however many questions it has.

    The rate is the mean of the sets' rates, None where a set has no claims. The bound is that of the worst-case union
    (Bonferroni): the mean of the sets' upper bounds at confidence 1 - 0.05 / number of sets. All of them hold together
    with probability 0.95 or more, and then their mean holds, too, whether or not the sets are independent.
    """
    rates = [each.rate for each in certificates if each.rate is not None]
    confidence = 1 - (1 - CONFIDENCE) / len(certificates)
    return PooledCertificate(
        sets=len(certificates),
        rate=fmean(rates) if len(rates) == len(certificates) else None,
        upper_bound=fmean(upper_bound(each.wrong, each.claimed, confidence) for each in certificates),
    )


def upper_bound(wrong: int, claimed: int, confidence: float = CONFIDENCE) -> float:
    """The exact one-sided upper bound of a rate (Clopper and Pearson 1934), 0 to 1, found by bisection.

    It is the rate at which ``wrong`` or fewer of ``claimed`` have probability 1 - ``confidence``, and 1 where all are
    wrong.
    """
    if wrong == claimed:
        return 1.0
    low, high = wrong / claimed, 1.0
    while high - low > _PRECISION:
        middle = (low + high) / 2
        if _at_most(wrong, claimed, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def as_line(found: Certificate) -> str:
    """A certificate as one sentence for people."""
    rate = "" if found.rate is None else f" ({_percent(found.rate)})"
    return f"{found.claimed} of {found.questions} claimed, {found.wrong} wrong{rate}; {_guarantee(found.upper_bound)}"


def as_pooled_line(found: PooledCertificate) -> str:
    """A pooled certificate as one sentence for people."""
    rate = "a set has no claims" if found.rate is None else f"{_percent(found.rate)} wrong"
    return f"mean of {found.sets} sets, {rate}; {_guarantee(found.upper_bound)}"


def _guarantee(bound: float) -> str:
    # Rounded up, since a smaller number would promise more than was measured.
    rounded_up = ceil((bound - _PRECISION) * 1000) / 1000
    return f"with {CONFIDENCE * 100:.0f} % confidence at most {_percent(rounded_up)} of claims are wrong."


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _at_most(wrong: int, claimed: int, rate: float) -> float:
    """The probability of ``wrong`` or fewer of ``claimed``, in logarithms, since coefficients exceed a float."""
    logarithms = (_log_choose(claimed, k) + k * log(rate) + (claimed - k) * log1p(-rate) for k in range(wrong + 1))
    return sum(map(exp, logarithms))


def _log_choose(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)
