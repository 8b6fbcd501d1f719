"""``dateline fit``: the weights of ``weights.toml``, learnt from questions with known answers; the question types."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from bot import progress
from bot.answering import evidence
from bot.batches import BadLine
from bot.commands.context import FINE, Context, Register, UsageError, complain
from bot.commands.evaluating import read_questions
from bot.evaluation import fitting, fitting_types
from bot.evaluation.models import Asked

_TABLES = ("knows", "says")


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
    parser.add_argument("--threshold", type=float, default=0.46, help="the silence threshold to write")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write here instead of printing")
    parser.set_defaults(command=fit)
    types = parser.add_subparsers(metavar="[types]").add_parser(
        "types",
        help="learn the question types anew",
        description="Learn question_types.json from labelled questions, and say how good such a model is.",
    )
    types.add_argument("questions", type=Path, metavar="QUESTIONS", help="JSON lines: question, label (HUM:ind, ...)")
    types.add_argument("--write", type=Path, required=True, metavar="FILE", help="where the numbers are written")
    types.set_defaults(command=fit_types)


def fit_types(context: Context) -> int:
    """Fit the question types, write them, and print how good they are by cross-validation."""
    options = context.options
    report = fitting_types.fit_types(
        options.questions, options.write, lambda folds: progress.watched(folds, "cross-validation")
    )
    print(
        f"{report.questions} questions ({report.repeated} repeated), {report.labels} types, "
        f"{report.features} features: coarse {report.coarse:.4f}, fine {report.fine:.4f}"
    )
    return FINE


def fit(context: Context) -> int:
    """Fit all weights and print them as TOML, with where they come from."""
    if not context.options.corpus:
        raise UsageError("there is nothing to learn from; give --corpus ARTICLES QUESTIONS")
    with ExitStack() as opened:
        corpora = [_corpus(context, opened, articles, questions) for articles, questions in context.options.corpus]
        text = _fitted(corpora, context.options.off, context.options.threshold)
    if context.options.write is None:
        print(text, end="")
    else:
        context.options.write.write_text(text, encoding="utf-8")
    return FINE


def _corpus(context: Context, opened: ExitStack, articles: Path, questions: Path) -> fitting.Corpus:
    refused: list[BadLine] = []
    asked = tuple(read_questions(questions, refused))
    dateline = opened.enter_context(context.opened(Path(mkdtemp(prefix="dateline-fit-"))))
    for refusal in dateline.add([articles]).refused:
        complain(refusal)
    return fitting.Corpus(
        name=questions.parent.name,
        questions=asked,
        find=dateline.search.find,
        analyse=dateline.language.analyse,
        profile=dateline.profile,
    )


def _fitted(corpora: Sequence[fitting.Corpus], off: int, threshold: float) -> str:
    try:
        contests = list(progress.watched(list(fitting.contests(corpora[0])), "evidence"))
        by_hand = {name: weight for name, weight in evidence.weights().items() if name in fitting.BY_HAND}
        chosen = fitting.fit_evidence(contests, by_hand)
        hard = corpora[0].name
        rows = [row for corpus in corpora for row in _signals(corpora, corpus, off)]
        tables = {"evidence": chosen, "knows": fitting.fit_knows(rows, hard), "says": fitting.fit_says(rows, hard)}
    except ImportError as missing:
        raise UsageError(f"fitting needs the fit extra: pip install 'dateline[fit]' ({missing})") from missing
    except ValueError as problem:
        raise UsageError(f"nothing can be learnt: {problem}") from problem
    note = (
        f"{len(contests)} questions of {corpora[0].name}, right first for {fitting.share_right(contests, chosen):.3f}"
    )
    return _written(tables, threshold, note, len(rows))


def _signals(corpora: Sequence[fitting.Corpus], corpus: fitting.Corpus, off: int) -> list[fitting.Signalled]:
    """The corpus's own questions, and some of every other corpus's."""
    rows = list(fitting.signalled(corpus, corpus.questions, known=True))
    for other in corpora:
        if other is not corpus:
            rows += fitting.signalled(corpus, _some(other.questions, off), known=False)
    return rows


def _some(questions: Sequence[Asked], most: int) -> Sequence[Asked]:
    return questions if len(questions) <= most else Random(7).sample(list(questions), most)  # noqa: S311 (any fixed choice will do)


def _written(tables: Mapping[str, Mapping[str, float]], threshold: float, note: str, signals: int) -> str:
    head = (
        "# Weights of the named features by which answering chooses and judges evidence: see `ask --explain`.\n"
        f"# Written by `dateline fit` on {date.today().isoformat()}: evidence from {note};\n"
        f"# silence from {signals} questions put to corpora that are theirs and that are not.\n"
        f"# Set by hand and held, because the open data have too few cases: {', '.join(fitting.BY_HAND)}.\n\n"
    )
    parts = [
        f"[{name}]\n" + "".join(f"{key} = {value:.3f}\n" for key, value in table.items())
        for name, table in tables.items()
    ]
    text = head + "\n".join(parts) + f"\n[silence]\nthreshold = {threshold}\n"
    tomllib.loads(text)
    return text
