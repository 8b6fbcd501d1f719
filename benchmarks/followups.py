"""Scores follow-ups on CANARD: questions in a talk about one article, and a person's rewrite that stands alone.

    python -m benchmarks.followups QUESTIONS.jsonl [--misses 20] [--rules]

A row holds ``history`` (the article's title, the section's, then questions and answers in turn), ``question`` and
``rewrite``. The talk is played as the bot would: every earlier question is resumed with our own rules, and each turn
is made of what was cited: the answer's words and their names, the article's title, the section's as the heading.

Missing words are the content terms of ``rewrite`` that ``question`` lacks, added ones those of our text that it lacks.
recall: the share of the missing words that were added, averaged over the questions that miss some (as published
figures are), and over all words; all: the share of those questions that miss none any more; precision: the share of
all added words that were missing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot.answering.dialogue.rewriter import rewrite
from bot.answering.dialogue.state import CitedText, DialogueState, NamedEntity, bare_title, update_state
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Analysis, Record
from retrieval.text.tokens import index_terms

NO_ANSWER = "I don't know."


class Row(Record):
    """A question of a talk; ``history`` is the title, the section's title, then questions and answers in turn."""

    id: str
    history: tuple[str, ...]
    question: str
    rewrite: str


class Score(Record):
    """A row's missing and added words."""

    row: Row
    text: str
    missing: frozenset[str]
    added: frozenset[str]

    @property
    def met(self) -> frozenset[str]:
        return self.missing & self.added


class Talk:
    """The talks of a file, each played once."""

    def __init__(self, language: EntityRecogniser) -> None:
        self._language = language
        self._analyses: dict[str, Analysis] = {}
        self._turns: dict[tuple[str, ...], DialogueState] = {}

    def analysed(self, text: str) -> Analysis:
        if text not in self._analyses:
            self._analyses[text] = self._language.analyse(text)
        return self._analyses[text]

    def after(self, history: tuple[str, ...]) -> DialogueState:
        """The turn that a history leads to; before the first question only the article is known."""
        if history not in self._turns:
            self._turns[history] = self._first(history) if len(history) == 2 else self._next(history)
        return self._turns[history]

    def _first(self, history: tuple[str, ...]) -> DialogueState:
        return DialogueState(topic=NamedEntity(text=bare_title(history[0])), titled=True, heading=history[1])

    def _next(self, history: tuple[str, ...]) -> DialogueState:
        before = self.after(history[:-2])
        question, answer = history[-2:]
        rewritten = rewrite(self.analysed(question), before)
        asked = self.analysed(rewritten.text)
        if answer == NO_ANSWER:
            return update_state(before, asked, (), carried=rewritten.carried)
        proof = CitedText(text=answer, mentions=self.analysed(answer).mentions, title=history[0], heading=history[1])
        return update_state(before, asked, (proof,), short=answer, carried=rewritten.carried)


def read_rows(path: Path) -> tuple[Row, ...]:
    return tuple(Row.model_validate_json(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())


def score(talk: Talk, row: Row, *, offered: bool = False) -> Score:
    rewritten = rewrite(talk.analysed(row.question), talk.after(row.history))
    text = (rewritten.offered or rewritten.text) if offered else rewritten.text
    asked = frozenset(index_terms(row.question))
    return Score(
        row=row,
        text=text,
        missing=frozenset(index_terms(row.rewrite)) - asked,
        added=frozenset(index_terms(text)) - asked,
    )


def figures(name: str, scores: Sequence[Score]) -> str:
    lacking = [each for each in scores if each.missing]
    met, missing, added = (sum(len(getattr(each, what)) for each in scores) for what in ("met", "missing", "added"))
    recall = sum(len(each.met) / len(each.missing) for each in lacking) / max(len(lacking), 1)
    whole = sum(each.missing <= each.added for each in lacking) / max(len(lacking), 1)
    carried = sum(1 for each in scores if each.added) / len(scores)
    return (
        f"{name:10} n={len(scores):5}  recall {recall:.3f} (all words {met / max(missing, 1):.3f})  "
        f"all {whole:.3f}  precision {met / max(added, 1):.3f}  added on {carried:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print this many questions that still lack words")
    options = parser.parse_args()
    talk = Talk(EntityRecogniser())
    scores = [score(talk, row) for row in read_rows(options.questions)]
    print(figures("carried", scores))
    print(figures("offered", [score(talk, each.row, offered=True) for each in scores]))
    print(figures("need none", [each for each in scores if not each.missing]))
    for each in [each for each in scores if each.missing - each.added][: options.misses]:
        print(
            f"{each.row.question} -> {each.text}\n    {each.row.rewrite}; lacks {', '.join(each.missing - each.added)}"
        )


if __name__ == "__main__":
    main()
