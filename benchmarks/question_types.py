"""Scores the question types by cross-validation, and sets the rules of question kinds beside the labels.

    python -m benchmarks.question_types QUESTIONS.jsonl [--misses 20] [--kinds]

A row holds ``question`` and ``label`` (Li and Roth's, ``HUM:ind``); a question that stands there twice counts once.
Each tenth is guessed by a model fitted to the other nine, rounded and pruned as the shipped file is. coarse and fine:
share of guesses that are right. ``--kinds`` prints how the kinds of ``question.rules`` fall on the labels.
Needs scikit-learn (the ``fit`` extra).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bot.answering.question.rules import read_kind
from bot.answering.question.type_classifier import question_type
from bot.evaluation.train_question_types import Outcome, cross_validate, read_labelled

MARGINS = (-9.0, 0.0, 0.25, 0.5, 1.0, 1.5, 99.0)


def _figures(name: str, outcomes: Sequence[Outcome]) -> str:
    coarse = sum(outcome.coarse_right for outcome in outcomes) / len(outcomes)
    fine = sum(outcome.fine_right for outcome in outcomes) / len(outcomes)
    return f"{name:12} n={len(outcomes):5}  coarse {coarse:.4f}  fine {fine:.4f}"


def _tables(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield _figures("all", outcomes)
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.label.split(":")[0]].append(outcome)
    yield from (_figures(name, group) for name, group in sorted(groups.items()))
    for low, high in pairwise(MARGINS):
        if group := [outcome for outcome in outcomes if low <= outcome.guess.margin < high]:
            yield _figures(f"margin {low:g}+" if low > MARGINS[0] else "margin < 0", group)


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        reading = read_kind(outcome.question, has_date=False)
        wanted = "/".join(kind.value for kind in reading.wanted) or "-"
        counts[f"{reading.kind.value} ({wanted})"][outcome.label] += 1
    for name, labels in sorted(counts.items()):
        told = ", ".join(f"{label} {count}" for label, count in labels.most_common(8))
        yield f"{name} {labels.total()}: {told}"


def _milliseconds(questions: Sequence[str]) -> float:
    for question in questions:
        question_type(question)
    start = time.process_time()
    for question in questions:
        question_type(question)
    return (time.process_time() - start) / len(questions) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print this many wrong guesses")
    parser.add_argument("--kinds", action="store_true", help="print how the rules of question kinds fall on the labels")
    options = parser.parse_args()
    outcomes = cross_validate(read_labelled(options.questions))
    print("\n".join(_tables(outcomes)))
    print(f"{_milliseconds([outcome.question for outcome in outcomes[:1000]]):.3f} ms a question, warm")
    for outcome in [outcome for outcome in outcomes if not outcome.coarse_right][: options.misses]:
        print(f"{outcome.label} not {outcome.guess.fine} ({outcome.guess.margin:.2f}): {outcome.question}")
    if options.kinds:
        print("\n".join(_kinds(outcomes)))


if __name__ == "__main__":
    main()
