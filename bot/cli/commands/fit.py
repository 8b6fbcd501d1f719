"""``dateline fit``: the weights of ``weights.toml``, learnt from questions with known answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from bot.answering.reader.sentence_ranker import weights
from bot.cli import progress
from bot.cli.arguments import FINE, CommandContext, Register, UsageError, complain
from bot.cli.commands.evaluate import read_questions
from bot.cli.output import line
from bot.cli.question_files import BadLine
from bot.evaluation import train_weights
from bot.evaluation.models import EvaluationQuestion
from retrieval.documents.import_format import fields_of
from retrieval.models import Article


def register(command: Register) -> None:
    parser = command(
        "fit",
        help="learn the weights anew (needs the fit extra)",
        description="Learn how evidence is chosen from the first corpus, and when to be silent from all; the first "
        "one's unanswerable questions should be hard ones, made of its own facts.",
    )
    parser.add_argument(
        "--corpus",
        nargs=2,
        type=Path,
        action="append",
        default=[],
        metavar=("ARTICLES", "QUESTIONS"),
        help="articles and the questions on them; give it once for each corpus",
    )
    parser.add_argument("--off", type=int, default=400, metavar="N", help="questions put to each corpus not theirs")
    parser.add_argument("--threshold", type=float, default=0.34, help="the silence threshold to write")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write here instead of printing")
    parser.set_defaults(command=fit)


def fit(context: CommandContext) -> int:
    """Fit all weights and print them as TOML, with where they come from."""
    if not context.options.corpus:
        raise UsageError("there is nothing to learn from; give --corpus ARTICLES QUESTIONS")
    with ExitStack() as opened:
        shelves = [_shelf(context, opened, articles, questions) for articles, questions in context.options.corpus]
        text = _learnt(context, shelves)
    if context.options.write is None:
        print(text, end="")
    else:
        context.options.write.write_text(text, encoding="utf-8")
    return FINE


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A corpus that questions are put to, with its articles, so that a part of them can be a corpus of its own."""

    corpus: train_weights.TrainingCorpus
    articles: tuple[Article, ...]


def _shelf(context: CommandContext, opened: ExitStack, articles: Path, questions: Path) -> _Shelf:
    refused: list[BadLine] = []
    asked = tuple(read_questions(questions, refused))
    return _opened(context, opened, questions.parent.name, asked, articles)


def _opened(
    context: CommandContext, opened: ExitStack, name: str, asked: tuple[EvaluationQuestion, ...], articles: Path
) -> _Shelf:
    dateline = opened.enter_context(context.opened(Path(mkdtemp(prefix="dateline-fit-"))))
    for refusal in dateline.add([articles]).refused:
        complain(refusal)
    corpus = train_weights.TrainingCorpus(
        name=name,
        questions=asked,
        find=dateline.search.find,
        analyse=dateline.language.analyse,
        profile=dateline.profile,
    )
    return _Shelf(corpus, tuple(dateline.article(header.id) for header in dateline.headers()))


def _part(
    context: CommandContext,
    name: str,
    articles: Sequence[Article],
    asked: tuple[EvaluationQuestion, ...],
    opened: ExitStack,
) -> _Shelf:
    """A corpus of some articles."""
    lines = "".join(line(fields_of(article)) + "\n" for article in articles)
    file = Path(mkdtemp(prefix="dateline-fit-")) / "articles.jsonl"
    file.write_text(lines, encoding="utf-8")
    return _opened(context, opened, name, asked, file)


def _learnt(context: CommandContext, shelves: Sequence[_Shelf]) -> str:
    hard = shelves[0].corpus
    try:
        contests = list(progress.watched(list(train_weights.contests(hard)), "evidence"))
        by_hand = {name: weight for name, weight in weights().items() if name in train_weights.BY_HAND}
        chosen = train_weights.fit_evidence(contests, by_hand)
        rows = [*_whole(shelves, context.options.off), *_halves(context, shelves)]
        knows, says = train_weights.fit_knows(rows, hard.name), train_weights.fit_says(rows, hard.name)
        sure = train_weights.fit_sure(rows, hard.name, knows, says)
    except ImportError as missing:
        raise UsageError(f"fitting needs the fit extra: pip install 'dateline[fit]' ({missing})") from missing
    except ValueError as problem:
        raise UsageError(f"nothing can be learnt: {problem}") from problem
    note = (
        f"{len(contests)} questions of {hard.name}, right first for {train_weights.share_right(contests, chosen):.3f}"
    )
    tables = {"evidence": chosen, "knows": knows, "says": says, "sure": sure}
    return _written(tables, context.options.threshold, note, len(rows))


def _whole(shelves: Sequence[_Shelf], off: int) -> Iterator[train_weights.SilenceExample]:
    """Each corpus's own questions, and some of every other corpus's."""
    for shelf in shelves:
        yield from train_weights.signalled(shelf.corpus, shelf.corpus.questions, known=True)
        for other in shelves:
            if other is not shelf:
                yield from train_weights.signalled(shelf.corpus, _some(other.corpus.questions, off), known=False)


def _halves(context: CommandContext, shelves: Sequence[_Shelf]) -> Iterator[train_weights.SilenceExample]:
    """The first corpus's questions put to half of its articles, alone and among those of the other corpora.

    The articles that answer them are shared out evenly."""
    first, off = shelves[0], context.options.off
    others = [article for shelf in shelves[1:] for article in shelf.articles]
    asked_of = {identity for asked in first.corpus.questions if asked.answerable for identity in asked.articles}
    mixed = Random(7).sample(first.articles, len(first.articles))  # noqa: S311 (any fixed choice will do)
    mixed.sort(key=lambda article: article.id not in asked_of)
    for number in (0, 1):
        half = mixed[number::2]
        for company in ([], others) if others else ([],):
            with ExitStack() as opened:
                name = f"{first.corpus.name}, half {number + 1} of it" + (" among others" if company else "")
                part = _part(context, name, [*half, *company], first.corpus.questions, opened).corpus
                ids = {article.id for article in half}
                yield from train_weights.signalled(part, _some(part.told_in(ids), off), known=True)
                yield from train_weights.signalled(part, _some(part.untold_in(ids), off), known=False)


def _some(questions: Sequence[EvaluationQuestion], most: int) -> Sequence[EvaluationQuestion]:
    return questions if len(questions) <= most else Random(7).sample(list(questions), most)  # noqa: S311 (any fixed choice will do)


def _written(tables: Mapping[str, Mapping[str, float]], threshold: float, note: str, signals: int) -> str:
    head = (
        "# Weights of the named features by which answering chooses and judges evidence: see `ask --explain`.\n"
        f"# Written by `dateline fit` on {date.today().isoformat()}: evidence from {note};\n"
        f"# silence from {signals} questions put to corpora, and halves of one, that know them and that do not.\n"
        f"# Set by hand and held, because the open data have too few cases: {', '.join(train_weights.BY_HAND)}.\n\n"
    )
    parts = [
        f"[{name}]\n" + "".join(f"{key} = {value:.3f}\n" for key, value in table.items())
        for name, table in tables.items()
    ]
    text = head + "\n".join(parts) + f"\n[silence]\nthreshold = {threshold}\n"
    tomllib.loads(text)
    return text
