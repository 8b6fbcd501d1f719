"""``dateline evaluate``: how well a set of questions is answered, by kind, and at what cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from bot.bootstrap import Dateline
from bot.cli import arguments as call
from bot.cli import output as printing
from bot.cli import progress
from bot.cli import question_files as batches
from bot.cli.arguments import FINE, REFUSED, Context, Register, UsageError, complain
from bot.evaluation import report
from bot.evaluation import runner as measuring
from bot.evaluation.models import Asked, Judged


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
    parser.add_argument("--today", type=call.day, metavar="YYYY-MM-DD", help="the day that 'last week' is counted from")
    parser.set_defaults(command=evaluate)


def evaluate(context: Context) -> int:
    """Print the figures of a file of questions; lines that ask nothing are told and left out."""
    options = context.options
    before = _baseline(options.baseline) if options.baseline else None
    refused: list[batches.BadLine] = []
    questions = list(read_questions(options.questions, refused))
    if not questions:
        raise UsageError(f"{options.questions}: there is no question in it")
    judged = _judged(context, questions)
    print(printing.line(report.as_json(judged)) if options.json else report.as_text(judged))
    for change in report.changes(judged, before) if before is not None else ():
        complain(change)
    return REFUSED if refused else FINE


def _judged(context: Context, questions: list[Asked]) -> list[Judged]:
    with _opened(context) as dateline:
        return _put(context, dateline, questions)


@contextmanager
def _opened(context: Context) -> Iterator[Dateline]:
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


def _put(context: Context, dateline: Dateline, questions: list[Asked]) -> list[Judged]:
    """Put every question; the first one is put once before, so that times are those of a warm process."""
    today, always = call.today(context.options), context.options.always
    dateline.answer(questions[0].question, today, always=always)
    watched = progress.watched(questions, context.options.questions.name)
    return [measuring.judge(dateline, asked, today, always=always) for asked in watched]


def read_questions(path: Path, refused: list[batches.BadLine]) -> Iterator[Asked]:
    """The questions of a file; lines that ask nothing are told and collected in ``refused``."""
    seen: set[str] = set()
    for line in batches.read(path, ("question",)):
        asked = line if isinstance(line, batches.BadLine) else _asked(line, seen)
        if isinstance(asked, batches.BadLine):
            complain(asked)
            refused.append(asked)
        else:
            seen.add(asked.id)
            yield asked


def _asked(line: batches.Line, seen: set[str]) -> Asked | batches.BadLine:
    known = {name: value for name, value in line.fields.items() if name in Asked.model_fields}
    if str(line.id) in seen:
        return batches.BadLine(place=line.place, problem=f"the id {str(line.id)!r} stands there twice")
    try:
        return Asked.model_validate(known | {"id": str(line.id)})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return batches.BadLine(place=line.place, problem=f"the field {first['loc'][0]!r} is wrong: {first['msg']}")


def _baseline(path: Path) -> Mapping[str, object]:
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        earlier = None
    if not isinstance(earlier, dict) or "rows" not in earlier:
        raise UsageError(f"{path}: it is not a report that evaluate --json wrote")
    return earlier
