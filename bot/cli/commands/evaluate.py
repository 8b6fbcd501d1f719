"""``dateline evaluate``: how well the questions of a file are answered, by question kind, and how fast."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from bot.bootstrap import Dateline
from bot.cli import arguments, output, progress
from bot.cli.arguments import EXIT_OK, EXIT_REFUSED, CommandContext, Register, UsageError, print_error
from bot.cli.question_files import BadLine, QuestionLine, read_lines
from bot.evaluation import report
from bot.evaluation.models import EvaluationQuestion, EvaluationResult
from bot.evaluation.runner import evaluate_question


def register(command: Register) -> None:
    parser = command(
        "evaluate", help="measure the answers", description="Ask the questions of a file and measure the answers."
    )
    add_arguments(parser)
    parser.add_argument("--baseline", type=Path, metavar="OLD.json", help="an earlier --json report to compare with")
    parser.add_argument("--always", action="store_true", help="never abstain: answer with the best evidence")
    parser.add_argument("--json", action="store_true", help="write the figures and a row for each question as JSON")
    parser.set_defaults(command=evaluate)


def add_arguments(parser: ArgumentParser, files: str | None = None) -> None:
    """Add what every measurement takes: the question file (``files="+"``: one or more), the articles, and the date."""
    fields = "JSON lines: id, question, answerable, answers, ..."
    parser.add_argument("questions", type=Path, nargs=files, metavar="QUESTIONS", help=fields)
    parser.add_argument("--articles", type=Path, metavar="PATH", help="use these articles instead of the data folder")
    parser.add_argument("--today", type=arguments.day, metavar="YYYY-MM-DD", help="the date that counts as today")


def evaluate(context: CommandContext) -> int:
    """Print the figures of a file of questions; lines that are no questions are reported and left out."""
    options = context.options
    baseline = _baseline(options.baseline) if options.baseline else None
    refused: list[BadLine] = []
    questions = question_set(options.questions, refused)
    with open_articles(context) as dateline:
        results = _evaluate_all(context, dateline, questions)
    print(output.line(report.as_json(results)) if options.json else report.as_text(results))
    for change in report.changes(results, baseline) if baseline is not None else ():
        print_error(change)
    return EXIT_REFUSED if refused else EXIT_OK


@contextmanager
def open_articles(context: CommandContext) -> Iterator[Dateline]:
    """Dateline over the data folder, or over the articles of ``--articles`` in a temporary folder."""
    if context.options.articles is None:
        with context.open_dateline() as dateline:
            yield dateline
        return
    with TemporaryDirectory() as folder, context.open_dateline(Path(folder)) as dateline:
        with progress.import_progress() as update:
            added = dateline.add([context.options.articles], update)
        for refusal in added.refused:
            print_error(refusal)
        yield dateline


def _evaluate_all(
    context: CommandContext, dateline: Dateline, questions: list[EvaluationQuestion]
) -> list[EvaluationResult]:
    """Ask every question; the first one is asked once before, so that times are those of a warm process."""
    today, always = arguments.today(context.options), context.options.always
    dateline.answer(questions[0].question, today, always=always)
    watched = progress.with_progress(questions, context.options.questions.name)
    return [evaluate_question(dateline, gold, today, always=always) for gold in watched]


def question_set(path: Path, refused: list[BadLine]) -> list[EvaluationQuestion]:
    """The gold questions of a file, as ``read_questions`` finds them. Raises UsageError where there is none."""
    questions = list(read_questions(path, refused))
    if not questions:
        raise UsageError(f"{path}: there is no question in it")
    return questions


def read_questions(path: Path, refused: list[BadLine]) -> Iterator[EvaluationQuestion]:
    """The gold questions of a file; lines that are none are reported and collected in ``refused``."""
    seen: set[str] = set()
    for line in read_lines(path, ("question",)):
        gold = line if isinstance(line, BadLine) else _gold(line, seen)
        if isinstance(gold, BadLine):
            print_error(gold)
            refused.append(gold)
        else:
            seen.add(gold.id)
            yield gold


def _gold(line: QuestionLine, seen: set[str]) -> EvaluationQuestion | BadLine:
    known = {name: value for name, value in line.fields.items() if name in EvaluationQuestion.model_fields}
    if str(line.id) in seen:
        return BadLine(place=line.place, problem=f"the id {str(line.id)!r} is used twice")
    try:
        return EvaluationQuestion.model_validate(known | {"id": str(line.id)})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return BadLine(place=line.place, problem=f"the field {first['loc'][0]!r} is wrong: {first['msg']}")


def _baseline(path: Path) -> Mapping[str, object]:
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        earlier = None
    if not isinstance(earlier, dict) or "rows" not in earlier:
        raise UsageError(f"{path}: it is not a report that evaluate --json wrote")
    return earlier
