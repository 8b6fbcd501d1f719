"""``dateline fit``: learns ``weights.toml`` from questions with known answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.answering.reader.sentence_ranker import weights
from bot.cli import progress
from bot.cli.arguments import EXIT_OK, CommandContext, Register, UsageError, print_error
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
        help="learn the weights from questions (needs the fit extra)",
        description="Learn how to rank sentences from the first corpus, and when to abstain from all of them; the "
        "unanswerable questions of the first one should be hard ones, made by changing its own facts.",
    )
    parser.add_argument(
        "--corpus",
        nargs=2,
        type=Path,
        action="append",
        default=[],
        metavar=("ARTICLES", "QUESTIONS"),
        help="articles and the questions on them; repeat it for each corpus",
    )
    parser.add_argument("--off", type=int, default=400, metavar="N", help="questions asked over each other corpus")
    parser.add_argument("--threshold", type=float, default=0.34, help="the abstention threshold to write")
    parser.add_argument("--closest", type=float, default=0.15, help="the threshold of the closest quotes to write")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write to this file instead of stdout")
    parser.set_defaults(command=fit)


def fit(context: CommandContext) -> int:
    """Fit all weights and write them as TOML, with a comment on the data they come from."""
    if not context.options.corpus:
        raise UsageError("there is nothing to learn from; give --corpus ARTICLES QUESTIONS")
    with ExitStack() as stack:
        corpora = [_load(context, stack, articles, questions) for articles, questions in context.options.corpus]
        text = _fit_all(context, corpora)
    if context.options.write is None:
        print(text, end="")
    else:
        context.options.write.write_text(text, encoding="utf-8")
    return EXIT_OK


@dataclass(frozen=True, slots=True)
class _LoadedCorpus:
    """A training corpus, with its articles, so that a corpus can be made of some of them."""

    corpus: train_weights.TrainingCorpus
    articles: tuple[Article, ...]


def _load(context: CommandContext, stack: ExitStack, articles: Path, questions: Path) -> _LoadedCorpus:
    refused: list[BadLine] = []
    gold = tuple(read_questions(questions, refused))
    return _import(context, stack, questions.parent.name, gold, articles)


def _import(
    context: CommandContext, stack: ExitStack, name: str, gold: tuple[EvaluationQuestion, ...], articles: Path
) -> _LoadedCorpus:
    dateline = stack.enter_context(context.open_dateline(_temporary_folder(stack)))
    for refusal in dateline.add([articles]).refused:
        print_error(refusal)
    corpus = train_weights.TrainingCorpus(
        name=name,
        questions=gold,
        find=dateline.search.find,
        analyse=dateline.recogniser.analyse,
        profile=dateline.profile,
    )
    return _LoadedCorpus(corpus, tuple(dateline.article(header.id) for header in dateline.headers()))


def _temporary_folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(TemporaryDirectory(prefix="dateline-fit-")))


def _load_articles(
    context: CommandContext,
    stack: ExitStack,
    name: str,
    gold: tuple[EvaluationQuestion, ...],
    articles: Sequence[Article],
) -> _LoadedCorpus:
    """A corpus of some articles."""
    lines = "".join(line(fields_of(article)) + "\n" for article in articles)
    file = _temporary_folder(stack) / "articles.jsonl"
    file.write_text(lines, encoding="utf-8")
    return _import(context, stack, name, gold, file)


def _fit_all(context: CommandContext, corpora: Sequence[_LoadedCorpus]) -> str:
    first = corpora[0].corpus
    try:
        choices = list(progress.with_progress(list(train_weights.sentence_choices(first)), "evidence"))
        by_hand = {name: weight for name, weight in weights().items() if name in train_weights.BY_HAND}
        evidence = train_weights.fit_evidence(choices, by_hand)
        examples = [*_examples(corpora, context.options.off), *_examples_of_halves(context, corpora)]
        knows, says = train_weights.fit_knows(examples, first.name), train_weights.fit_says(examples, first.name)
        sure = train_weights.fit_sure(examples, first.name, knows, says)
    except ImportError as missing:
        raise UsageError(f"fitting needs the fit extra: pip install 'dateline[fit]' ({missing})") from missing
    except ValueError as problem:
        raise UsageError(f"nothing can be learnt: {problem}") from problem
    right = train_weights.share_right(choices, evidence)
    note = f"{len(choices)} questions of {first.name}, right first for {right:.3f}"
    tables = {"evidence": evidence, "knows": knows, "says": says, "sure": sure}
    thresholds = f"threshold = {context.options.threshold}\nclosest = {context.options.closest}\n"
    return _as_toml(tables, thresholds, note, len(examples))


def _examples(corpora: Sequence[_LoadedCorpus], off: int) -> Iterator[train_weights.SilenceExample]:
    """Each corpus's own questions, and at most ``off`` of every other corpus's."""
    for each in corpora:
        yield from train_weights.silence_examples(each.corpus, each.corpus.questions, known=True)
        for other in corpora:
            if other is not each:
                questions = _sample(other.corpus.questions, off)
                yield from train_weights.silence_examples(each.corpus, questions, known=False)


def _examples_of_halves(
    context: CommandContext, corpora: Sequence[_LoadedCorpus]
) -> Iterator[train_weights.SilenceExample]:
    """The first corpus's questions over each half of its articles, alone and together with the other corpora.

    The articles that answer the questions are divided evenly."""
    first, off = corpora[0], context.options.off
    others = [article for each in corpora[1:] for article in each.articles]
    for half, name in _halves(first):
        for company in ([], others) if others else ([],):
            with ExitStack() as stack:
                full_name = name + (" among others" if company else "")
                part = _load_articles(context, stack, full_name, first.corpus.questions, [*half, *company]).corpus
                ids = {article.id for article in half}
                yield from train_weights.silence_examples(part, _sample(part.answerable_from(ids), off), known=True)
                yield from train_weights.silence_examples(part, _sample(part.unanswerable_from(ids), off), known=False)


def _halves(loaded: _LoadedCorpus) -> Iterator[tuple[Sequence[Article], str]]:
    questions = (gold for gold in loaded.corpus.questions if gold.answerable)
    supporting = {identity for gold in questions for identity in gold.articles}
    shuffled = Random(7).sample(loaded.articles, len(loaded.articles))  # noqa: S311 (any constant seed will do)
    shuffled.sort(key=lambda article: article.id not in supporting)
    for number in (0, 1):
        yield shuffled[number::2], f"{loaded.corpus.name}, half {number + 1} of it"


def _sample(questions: Sequence[EvaluationQuestion], most: int) -> Sequence[EvaluationQuestion]:
    if len(questions) <= most:
        return questions
    return Random(7).sample(list(questions), most)  # noqa: S311 (any constant seed will do)


def _as_toml(tables: Mapping[str, Mapping[str, float]], thresholds: str, note: str, examples: int) -> str:
    head = (
        "# Weights of the named features of sentence ranking and abstention: see `ask --explain`.\n"
        f"# Written by `dateline fit` on {date.today().isoformat()}: evidence from {note};\n"
        f"# abstention from {examples} questions over corpora, and halves of one, with and without their articles.\n"
        f"# Set by hand, because open data have too few cases: {', '.join(train_weights.BY_HAND)}.\n\n"
    )
    parts = [
        f"[{name}]\n" + "".join(f"{key} = {value:.3f}\n" for key, value in table.items())
        for name, table in tables.items()
    ]
    text = head + "\n".join(parts) + f"\n[silence]\n{thresholds}"
    tomllib.loads(text)  # what was written can be read
    return text
