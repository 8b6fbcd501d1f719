"""Metrics: pure functions from evaluation results to a Figure, which has the mean and the score of each question.

`sentence`: the first quote or the short answer contains an accepted answer (where all of a list are needed: the whole
reply does). `reply`: the whole reply does. `short`, `em`, `f1`: the short answer does; its exact match and its token F1
as in SQuAD, 0 where there is no short answer. `cited`: every cited article supports the answer, where the question set
names those that do. `abstained`: nothing is claimed on an unanswerable question. On an answerable one `unsure`: only
the closest quotes are shown, `false_abstain`: not even these.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from math import ceil

from bot.evaluation.models import EvaluationResult, Figure

Score = Callable[[EvaluationResult], float | None]

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def fold(text: str) -> str:
    """The text without case, diacritics, curly apostrophes and runs of white space, so that spellings compare equal."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def squad_tokens(text: str) -> list[str]:
    """The words that SQuAD's scorer compares: folded, without punctuation and without a, an, the."""
    return _ARTICLES.sub(" ", fold(text).translate(_PUNCTUATION)).split()


def token_f1(predicted: str, gold: str) -> float:
    """F1 of the words of two answers, from 0 to 1, as in SQuAD (Rajpurkar et al. 2016)."""
    predicted_tokens, gold_tokens = squad_tokens(predicted), squad_tokens(gold)
    common = sum((Counter(predicted_tokens) & Counter(gold_tokens)).values())
    if not predicted_tokens or not gold_tokens:
        return float(predicted_tokens == gold_tokens)
    return 2 * common / (len(predicted_tokens) + len(gold_tokens))


def sentence(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("sentence", results, _with_gold_answer(_in_sentence))


def reply(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("reply", results, _with_gold_answer(_in_reply))


def short(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("short", results, _with_gold_answer(_in_short))


def em(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("em", results, _with_gold_answer(_exact))


def f1(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("f1", results, _with_gold_answer(_best_f1))


def words(results: Sequence[EvaluationResult]) -> Figure:
    """How many words the answer to an answerable question quotes."""
    return _figure("words", results, _answerable(_quoted_words))


def cited(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("cited", results, _answerable(_cites_support))


def abstained(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("abstained", results, lambda row: None if row.gold.answerable else _abstains(row))


def false_abstain(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("false_abstain", results, _answerable(lambda row: _abstains(row) - _unsure(row)))


def unsure(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("unsure", results, _answerable(_unsure))


def false_quotes(results: Sequence[EvaluationResult]) -> Figure:
    """How many quotes of a reply are not the words of their article."""
    return _figure("false_quotes", results, lambda row: float(sum(not quote.true for quote in row.prediction.quotes)))


def uncited(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("uncited", results, lambda row: float(row.prediction.answered and not row.prediction.quotes))


def first_hit(results: Sequence[EvaluationResult]) -> Figure:
    """Whether the first hit covers at least half of the right passage."""
    return _figure("first_hit", results, lambda row: _optional(row.prediction.first_hit_is_right))


def fact_recall(results: Sequence[EvaluationResult]) -> Figure:
    """Whether the hits contain a supporting sentence; one score for each sentence."""
    found = {row.gold.id: row.prediction.facts_found for row in results}
    rows = {
        f"{identity}/{number}": float(fact) for identity, facts in found.items() for number, fact in enumerate(facts)
    }
    return Figure(name="fact_recall", rows=rows)


def wall_ms(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("wall_ms", results, lambda row: row.prediction.wall_ms)


def cpu_ms(results: Sequence[EvaluationResult]) -> Figure:
    return _figure("cpu_ms", results, lambda row: row.prediction.cpu_ms)


def auroc(results: Sequence[EvaluationResult]) -> float | None:
    """Area under the ROC curve of confidence, from 0 to 1: rightly answered questions against unanswerable ones.

    The share of pairs in which the rightly answered question has the higher confidence; ties count half (Mann and
    Whitney 1947). None where there are no pairs.
    """
    right = [row.prediction.confidence for row in results if row.gold.answerable and _in_sentence(row)]
    unanswerable = [row.prediction.confidence for row in results if not row.gold.answerable]
    if not right or not unanswerable:
        return None
    pairs = len(right) * len(unanswerable)
    return (_rank_sum(right, unanswerable) - len(right) * (len(right) + 1) / 2) / pairs


def quantile(values: Sequence[float], share: float) -> float | None:
    """The least value that at least ``share`` (0 to 1) of the values do not exceed; None where there are no values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(1, ceil(share * len(ordered))) - 1]


def _figure(name: str, results: Sequence[EvaluationResult], score: Score) -> Figure:
    scores = ((row.gold.id, score(row)) for row in results)
    return Figure(name=name, rows={identity: value for identity, value in scores if value is not None})


def _answerable(score: Score) -> Score:
    return lambda row: score(row) if row.gold.answerable else None


def _with_gold_answer(score: Score) -> Score:
    """The score of answerable questions for which the question set has an accepted answer."""
    return lambda row: score(row) if row.gold.answerable and row.gold.has_accepted_answer else None


def _abstains(row: EvaluationResult) -> float:
    return float(not row.prediction.answered)


def _unsure(row: EvaluationResult) -> float:
    return float(row.prediction.closest)


def _in_sentence(row: EvaluationResult) -> float:
    if not row.prediction.answered:
        return 0.0
    if row.gold.all_of:
        return float(all(fold(part) in _whole_reply(row) for part in row.gold.all_of))
    if not row.prediction.quotes:
        return 0.0
    sentence_and_short = fold(f"{row.prediction.quotes[0].text} {row.prediction.short or ''}")
    return float(any(fold(answer) in sentence_and_short for answer in row.gold.answers))


def _in_reply(row: EvaluationResult) -> float:
    if _in_sentence(row) or row.gold.all_of or not row.prediction.answered:
        return _in_sentence(row)
    return float(any(fold(answer) in _whole_reply(row) for answer in row.gold.answers))


def _in_short(row: EvaluationResult) -> float:
    short_answer = fold(row.prediction.short or "")
    return float(row.prediction.answered and any(fold(answer) in short_answer for answer in row.gold.answers))


def _exact(row: EvaluationResult) -> float:
    if not row.prediction.answered or not row.prediction.short:
        return 0.0
    predicted = squad_tokens(row.prediction.short)
    return float(any(predicted == squad_tokens(answer) for answer in row.gold.answers))


def _best_f1(row: EvaluationResult) -> float:
    if not row.prediction.answered or not row.prediction.short:
        return 0.0
    return max((token_f1(row.prediction.short, answer) for answer in row.gold.answers), default=0.0)


def _quoted_words(row: EvaluationResult) -> float | None:
    return float(sum(len(quote.text.split()) for quote in row.prediction.quotes)) if row.prediction.answered else None


def _cites_support(row: EvaluationResult) -> float | None:
    if not row.prediction.answered or not row.gold.articles:
        return None
    cited_ids = {quote.article_id for quote in row.prediction.quotes}
    return float(bool(cited_ids) and cited_ids <= set(row.gold.articles))


def _whole_reply(row: EvaluationResult) -> str:
    return fold(" ".join([row.prediction.text, *(quote.text for quote in row.prediction.quotes)]))


def _optional(value: bool | None) -> float | None:
    return None if value is None else float(value)


def _rank_sum(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The sum of the ranks of ``positive`` among all values, equal values at their mean rank."""
    merged = sorted([(value, 1) for value in positive] + [(value, 0) for value in negative])
    total, before = 0.0, 0
    for _, tied in groupby(merged, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        total += (before + 1 + before + len(labels)) / 2 * sum(labels)
        before += len(labels)
    return total
