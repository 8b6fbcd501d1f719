"""``dateline evaluate``: how well a set of questions is answered, by kind, and at what cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from bot.bootstrap import Dateline
from bot.cli import arguments, output, progress
from bot.cli.arguments import FINE, REFUSED, CommandContext, Register, UsageError, complain
from bot.cli.question_files import BadLine, QuestionLine, read
from bot.evaluation import report
from bot.evaluation.models import EvaluationQuestion, JudgedReply
from bot.evaluation.runner import judge


def register(command: Register) -> None:
    parser = command(
        "evaluate", help="measure the answers", description="Put a file of questions and measure the replies."
    )
    parser.add_argument(
        "questions", type=Path, metavar="QUESTIONS", help="JSON lines: id, question, answerable, answers, ..."
    )
    parser.add_argument(
        "--articles", type=Path, metavar="PATH", help="measure over these articles instead of the data folder"
    )
    parser.add_argument("--baseline", type=Path, metavar="OLD.json", help="an earlier --json report to compare with")
    parser.add_argument("--always", action="store_true", help="answer with the best evidence even where unsure")
    parser.add_argument("--json", action="store_true", help="write the figures and each question's row as JSON")
    parser.add_argument(
        "--today", type=arguments.day, metavar="YYYY-MM-DD", help="the day that 'last week' is counted from"
    )
    parser.set_defaults(command=evaluate)


def evaluate(context: CommandContext) -> int:
    """Print the figures of a file of questions; lines that ask nothing are told and left out."""
    options = context.options
    before = _baseline(options.baseline) if options.baseline else None
    refused: list[BadLine] = []
    questions = list(read_questions(options.questions, refused))
    if not questions:
        raise UsageError(f"{options.questions}: there is no question in it")
    judged = _judged(context, questions)
    print(output.line(report.as_json(judged)) if options.json else report.as_text(judged))
    for change in report.changes(judged, before) if before is not None else ():
        complain(change)
    return REFUSED if refused else FINE


def _judged(context: CommandContext, questions: list[EvaluationQuestion]) -> list[JudgedReply]:
    with _opened(context) as dateline:
        return _put(context, dateline, questions)


@contextmanager
def _opened(context: CommandContext) -> Iterator[Dateline]:
    """Dateline over the data folder, or over the articles named, in a folder that goes away."""
    if context.options.articles is None:
        with context.opened() as dateline:
            yield dateline
        return
    with TemporaryDirectory() as folder, context.opened(Path(folder)) as dateline:
        with progress.importing() as tell:
            added = dateline.add([context.options.articles], tell)
        for refusal in added.refused:
            complain(refusal)
        yield dateline


def _put(context: CommandContext, dateline: Dateline, questions: list[EvaluationQuestion]) -> list[JudgedReply]:
    """Put every question; the first one is put once before, so that times are those of a warm process."""
    today, always = arguments.today(context.options), context.options.always
    dateline.answer(questions[0].question, today, always=always)
    watched = progress.watched(questions, context.options.questions.name)
    return [judge(dateline, asked, today, always=always) for asked in watched]


def read_questions(path: Path, refused: list[BadLine]) -> Iterator[EvaluationQuestion]:
    """The questions of a file; lines that ask nothing are told and collected in ``refused``."""
    seen: set[str] = set()
    for line in read(path, ("question",)):
        asked = line if isinstance(line, BadLine) else _asked(line, seen)
        if isinstance(asked, BadLine):
            complain(asked)
            refused.append(asked)
        else:
            seen.add(asked.id)
            yield asked


def _asked(line: QuestionLine, seen: set[str]) -> EvaluationQuestion | BadLine:
    known = {name: value for name, value in line.fields.items() if name in EvaluationQuestion.model_fields}
    if str(line.id) in seen:
        return BadLine(place=line.place, problem=f"the id {str(line.id)!r} stands there twice")
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
