"""Measures of replies, each a pure function from judged questions to a Figure: the mean and every question's score.

`sentence`: an accepted answer stands in the first quote or the short answer (where all of a list are needed: in the
whole reply). `reply`: in the whole reply. `short`, `em`, `f1`: in the short answer, SQuAD's exact match and token F1 of
it, 0 where there is none. `cited`: every cited article supports the answer, where the set says which do. `abstained`:
silence on an unanswerable question. `false_abstain`: silence on an answerable one.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from math import ceil

from bot.evaluation.models import Figure, JudgedReply

Score = Callable[[JudgedReply], float | None]

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def fold(text: str) -> str:
    """Text without case, diacritics, curly apostrophes and runs of white space, so that spellings can be compared."""
    spread = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("’", "'"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).casefold().split())


def squad_tokens(text: str) -> list[str]:
    """The words that SQuAD's scorer compares: folded, without punctuation and articles."""
    return _ARTICLES.sub(" ", fold(text).translate(_PUNCTUATION)).split()


def token_f1(guess: str, gold: str) -> float:
    """SQuAD's F1 of the words of two answers (Rajpurkar et al. 2016)."""
    ours, theirs = squad_tokens(guess), squad_tokens(gold)
    same = sum((Counter(ours) & Counter(theirs)).values())
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * same / (len(ours) + len(theirs))


def sentence(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("sentence", judged, _known(_in_sentence))


def reply(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("reply", judged, _known(_in_reply))


def short(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("short", judged, _known(_in_short))


def em(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("em", judged, _known(_exact))


def f1(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("f1", judged, _known(_best_f1))


def words(judged: Sequence[JudgedReply]) -> Figure:
    """How many words an answer to an answerable question quotes."""
    return _figure("words", judged, _answerable(_quoted_words))


def cited(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("cited", judged, _answerable(_cites_support))


def abstained(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("abstained", judged, lambda row: None if row.asked.answerable else float(not row.given.answered))


def false_abstain(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("false_abstain", judged, _answerable(lambda row: float(not row.given.answered)))


def false_quotes(judged: Sequence[JudgedReply]) -> Figure:
    """How many quotes of a reply are not what their article says."""
    return _figure("false_quotes", judged, lambda row: float(sum(not quote.true for quote in row.given.quotes)))


def uncited(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("uncited", judged, lambda row: float(row.given.answered and not row.given.quotes))


def first_hit(judged: Sequence[JudgedReply]) -> Figure:
    """Whether the first passage found covers at least half of the right one."""
    return _figure("first_hit", judged, lambda row: _optional(row.given.first_hit_is_right))


def fact_recall(judged: Sequence[JudgedReply]) -> Figure:
    """Whether a supporting sentence stands inside the passages found; a row for each sentence."""
    rows = {
        f"{row.asked.id}/{number}": float(found) for row in judged for number, found in enumerate(row.given.facts_found)
    }
    return Figure(name="fact_recall", rows=rows)


def wall_ms(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("wall_ms", judged, lambda row: row.given.wall_ms)


def cpu_ms(judged: Sequence[JudgedReply]) -> Figure:
    return _figure("cpu_ms", judged, lambda row: row.given.cpu_ms)


def auroc(judged: Sequence[JudgedReply]) -> float | None:
    """How well confidence tells questions answered rightly from unanswerable ones: the chance that a pair is in order.

    Ties count half (Mann and Whitney 1947); None where one side is empty.
    """
    right = [row.given.confidence for row in judged if row.asked.answerable and _in_sentence(row)]
    wrong = [row.given.confidence for row in judged if not row.asked.answerable]
    if not right or not wrong:
        return None
    pairs = len(right) * len(wrong)
    return (_rank_sum(right, wrong) - len(right) * (len(right) + 1) / 2) / pairs


def quantile(values: Sequence[float], share: float) -> float | None:
    """The least value that at least ``share`` of the values do not exceed, or None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(1, ceil(share * len(ordered))) - 1]


def _figure(name: str, judged: Sequence[JudgedReply], score: Score) -> Figure:
    scores = ((row.asked.id, score(row)) for row in judged)
    return Figure(name=name, rows={identity: value for identity, value in scores if value is not None})


def _answerable(score: Score) -> Score:
    return lambda row: score(row) if row.asked.answerable else None


def _known(score: Score) -> Score:
    """A score of questions for which an accepted answer is known."""
    return lambda row: score(row) if row.asked.answerable and (row.asked.answers or row.asked.all_of) else None


def _in_sentence(row: JudgedReply) -> float:
    if not row.given.answered:
        return 0.0
    if row.asked.all_of:
        return float(all(fold(part) in _whole(row) for part in row.asked.all_of))
    first = row.given.quotes[0].text if row.given.quotes else ""
    said = fold(f"{first} {row.given.short or ''}") if row.given.quotes else ""
    return float(any(fold(answer) in said for answer in row.asked.answers))


def _in_reply(row: JudgedReply) -> float:
    if _in_sentence(row) or row.asked.all_of or not row.given.answered:
        return _in_sentence(row)
    return float(any(fold(answer) in _whole(row) for answer in row.asked.answers))


def _in_short(row: JudgedReply) -> float:
    said = fold(row.given.short or "")
    return float(row.given.answered and any(fold(answer) in said for answer in row.asked.answers))


def _exact(row: JudgedReply) -> float:
    if not row.given.answered or not row.given.short:
        return 0.0
    ours = squad_tokens(row.given.short)
    return float(any(ours == squad_tokens(answer) for answer in row.asked.answers))


def _best_f1(row: JudgedReply) -> float:
    if not row.given.answered or not row.given.short:
        return 0.0
    return max((token_f1(row.given.short, answer) for answer in row.asked.answers), default=0.0)


def _quoted_words(row: JudgedReply) -> float | None:
    return float(sum(len(quote.text.split()) for quote in row.given.quotes)) if row.given.answered else None


def _cites_support(row: JudgedReply) -> float | None:
    if not row.given.answered or not row.asked.articles:
        return None
    cited_ids = {quote.article_id for quote in row.given.quotes}
    return float(bool(cited_ids) and cited_ids <= set(row.asked.articles))


def _whole(row: JudgedReply) -> str:
    return fold(" ".join([row.given.text, *(quote.text for quote in row.given.quotes)]))


def _optional(value: bool | None) -> float | None:
    return None if value is None else float(value)


def _rank_sum(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The sum of the ranks of ``right`` among all values, ties at their mean rank."""
    merged = sorted([(value, 1) for value in right] + [(value, 0) for value in wrong])
    total, before = 0.0, 0
    for _, tied in groupby(merged, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        total += (before + 1 + before + len(labels)) / 2 * sum(labels)
        before += len(labels)
    return total
