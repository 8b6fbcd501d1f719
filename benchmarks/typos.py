"""Measures what one typo in the rarest word of a question costs.

    python -m benchmarks.typos QUESTIONS --articles ARTICLES [--limit N] [--misses N]

Each answerable question is put twice, as it is and with one letter swapped with the next, dropped, doubled or replaced
in the word that the fewest passages hold (of those that some hold, with four letters or more). Questions are answered
even where unsure. Prints the share with an accepted answer in the first quote or the short answer, both ways, and the
points lost, for each kind of typo too. The same questions get the same typos in every run.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from string import ascii_lowercase

from benchmarks.question_sets import opened, read_questions, spread
from bot.bootstrap import Dateline
from bot.cli.progress import with_progress
from bot.evaluation.models import EvaluationQuestion, EvaluationResult
from bot.evaluation.report import is_right
from bot.evaluation.runner import evaluate_question
from retrieval.models import Record, Token
from retrieval.text.tokens import tokenize

BAR = 6.0
SEED = 20220106
LEAST_LETTERS = 4

Spoil = Callable[[str, int, Random], str]


class Typo(Record):
    """What was done to a question: the kind of typo, the word as it was and as it is, and the question with it."""

    kind: str
    word: str
    spoilt: str
    question: str


class Pair(Record):
    """A question put as it is and with a typo, or without where no word of it can have one."""

    clean: EvaluationResult
    typo: Typo | None
    spoilt: EvaluationResult


def _swap(word: str, at: int, _random: Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _drop(word: str, at: int, _random: Random) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int, _random: Random) -> str:
    return word[:at] + word[at] + word[at:]


def _replace(word: str, at: int, random: Random) -> str:
    letter = random.choice(ascii_lowercase.replace(word[at].lower(), ""))
    return word[:at] + (letter.upper() if word[at].isupper() else letter) + word[at + 1 :]


KINDS: Mapping[str, Spoil] = {"swap": _swap, "drop": _drop, "double": _double, "replace": _replace}


def spoilt(question: str, frequencies: Mapping[str, int], key: str) -> Typo | None:
    """The question with one typo in its rarest word; ``key`` decides which typo, and where."""
    token = rarest(question, frequencies)
    if token is None:
        return None
    random, word = Random(f"{SEED} {key}"), question[token.start : token.end]
    kind = random.choice(sorted(KINDS))
    wrong = word
    while wrong == word:
        wrong = KINDS[kind](word, random.randrange(len(word)), random)
    return Typo(kind=kind, word=word, spoilt=wrong, question=question[: token.start] + wrong + question[token.end :])


def rarest(question: str, frequencies: Mapping[str, int]) -> Token | None:
    """The word of least document frequency, hence of greatest idf, that the corpus holds; ties go to the longest."""
    words = (token for token in tokenize(question) if _can_be_spoilt(question[token.start : token.end]))
    known = [token for token in words if token.content and frequencies.get(token.term)]
    return min(known, key=lambda token: (frequencies[token.term], token.start - token.end), default=None)


def _can_be_spoilt(word: str) -> bool:
    return word.isalpha() and len(word) >= LEAST_LETTERS and len(set(word)) > 1


def frequencies_of(dateline: Dateline) -> Mapping[str, int]:
    """In how many passages each term of the corpus stands."""
    return Counter(term for document in dateline.store.documents() for term in set(document.terms))


def pairs(dateline: Dateline, questions: Sequence[EvaluationQuestion]) -> Iterator[Pair]:
    """Put each question both ways."""
    frequencies = frequencies_of(dateline)
    for gold in with_progress(questions, "questions"):
        typo = spoilt(gold.question, frequencies, gold.id)
        clean = evaluate_question(dateline, gold, always=True)
        worse = gold.model_copy(update={"question": typo.question}) if typo else gold
        yield Pair(clean=clean, typo=typo, spoilt=evaluate_question(dateline, worse, always=True) if typo else clean)


def lines(measured: Sequence[Pair]) -> Iterator[str]:
    """The figures over all questions and for each kind of typo."""
    without = sum(pair.typo is None for pair in measured)
    yield f"{len(measured)} questions, {without} of them without a word that can have a typo"
    yield _figures("all", measured)
    for kind in sorted(KINDS):
        if of_kind := [pair for pair in measured if pair.typo and pair.typo.kind == kind]:
            yield _figures(kind, of_kind)
    lost = points_lost(measured)
    yield f"bar: at most {BAR:g} points lost: {'held' if lost <= BAR else 'missed'}"


def points_lost(measured: Sequence[Pair]) -> float:
    """How many points of sentence accuracy, of a hundred, the typos cost."""
    won = sum(is_right(pair.clean) - is_right(pair.spoilt) for pair in measured)
    return 100 * won / len(measured)


def _figures(name: str, measured: Sequence[Pair]) -> str:
    clean, worse = [is_right(pair.clean) for pair in measured], [is_right(pair.spoilt) for pair in measured]
    turned = Counter(zip(clean, worse, strict=True))
    return (
        f"{name:8} n={len(measured):5}  sentence {sum(clean) / len(clean):.4f}  typos {sum(worse) / len(worse):.4f}"
        f"  points lost {points_lost(measured):.1f}  ({turned[True, False]} lost, {turned[False, True]} won)"
    )


def _lost(measured: Sequence[Pair]) -> Iterator[str]:
    for pair in measured:
        if pair.typo and is_right(pair.clean) and not is_right(pair.spoilt):
            reply = " ".join(pair.spoilt.prediction.text.split())[:160]
            yield f"{pair.clean.gold.id}  {pair.typo.word} -> {pair.typo.spoilt}  {pair.typo.question}\n    {reply}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="keep the imported articles in this folder")
    parser.add_argument("--limit", type=int, help="put only so many questions, at even distances")
    parser.add_argument("--misses", type=int, default=0, help="print so many questions that were lost")
    wanted = parser.parse_args()
    answerable = [gold for gold in read_questions(wanted.questions) if gold.answerable]
    with opened(wanted.articles, wanted.data) as dateline:
        measured = list(pairs(dateline, spread(answerable, wanted.limit)))
    print("\n".join([*lines(measured), *list(_lost(measured))[: wanted.misses]]))


if __name__ == "__main__":
    main()
