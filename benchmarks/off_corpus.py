"""Measures how often the bot is silent when it is asked about what its articles do not tell of.

    python -m benchmarks.off_corpus QUESTIONS --articles OTHER_ARTICLES [--limit N] [--except ID ...] [--all]

The answerable questions of a set (with ``--all`` the others too) are put to a corpus that they are not about. Prints
the share abstained and every question that was answered all the same. Those that the other corpus happens to answer
are set aside by hand with ``--except``; docs/quality-off-corpus.md lists the ones known.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.question_sets import opened, read_questions, spread
from bot.bootstrap import Dateline
from bot.cli.progress import with_progress
from bot.evaluation.models import EvaluationQuestion, EvaluationResult
from bot.evaluation.runner import evaluate_question

BAR = 0.95


def put(dateline: Dateline, questions: Sequence[EvaluationQuestion]) -> list[EvaluationResult]:
    """Every question with its reply, where the bot may be silent."""
    return [evaluate_question(dateline, gold) for gold in with_progress(questions, "questions")]


def lines(results: Sequence[EvaluationResult], aside: int) -> Iterator[str]:
    """The share abstained, then each question that was answered, surest first."""
    answered = sorted((row for row in results if row.prediction.answered), key=lambda row: -row.prediction.confidence)
    share = 1 - len(answered) / len(results) if results else 1.0
    yield f"{len(results)} questions ({aside} set aside): abstained {share:.4f}"
    yield f"bar: at least {BAR:g} abstained: {'held' if share >= BAR else 'missed'}"
    yield from map(_described, answered)


def _described(row: EvaluationResult) -> str:
    quotes = (f"    {quote.article_id}: {' '.join(quote.text.split())[:240]}" for quote in row.prediction.quotes)
    head = f"{row.gold.id}  {row.prediction.confidence:.2f}  {row.prediction.kind}  {row.gold.question}"
    return "\n".join([head, f"    short answer: {row.prediction.short or '-'}", *quotes])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="keep the imported articles in this folder")
    parser.add_argument("--limit", type=int, help="put only so many questions, at even distances")
    parser.add_argument("--except", dest="aside", nargs="+", default=(), metavar="ID", help="questions to leave out")
    parser.add_argument("--all", action="store_true", help="put the unanswerable questions too")
    wanted = parser.parse_args()
    fitting = [gold for gold in read_questions(wanted.questions) if gold.answerable or wanted.all]
    chosen = spread(fitting, wanted.limit)
    kept = [gold for gold in chosen if gold.id not in set(wanted.aside)]
    with opened(wanted.articles, wanted.data) as dateline:
        results = put(dateline, kept)
    print("\n".join(lines(results, len(chosen) - len(kept))))


if __name__ == "__main__":
    main()
