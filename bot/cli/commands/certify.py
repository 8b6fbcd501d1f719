"""``dateline certify``: at most how many of the answers are wrong, with 95 % confidence, by questions of one's own."""

from __future__ import annotations

from pathlib import Path

from bot.bootstrap import Dateline
from bot.cli import arguments, output, progress
from bot.cli.arguments import EXIT_OK, EXIT_REFUSED, CommandContext, Register, print_error
from bot.cli.commands.evaluate import add_arguments, open_articles, question_set
from bot.cli.question_files import BadLine
from bot.evaluation.certificate import (
    CONFIDENCE,
    Certificate,
    as_line,
    as_pooled_line,
    certificate,
    pooled,
)
from bot.evaluation.models import EvaluationQuestion
from bot.evaluation.runner import evaluate_question

Certificates = dict[Path, Certificate]


def register(command: Register) -> None:
    parser = command(
        "certify",
        help="bound the rate of wrong answers",
        description="Ask the questions of files and give an upper bound of the rate of wrong answers.",
    )
    add_arguments(parser, files="+")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON")
    parser.set_defaults(command=certify)


def certify(context: CommandContext) -> int:
    """Print the certificate of each file and of all together; what cannot be judged is reported and left out."""
    refused: list[BadLine] = []
    sets = {path: _judgeable(path, refused) for path in context.options.questions}
    with open_articles(context) as dateline:
        found = {path: _certificate(context, dateline, path, questions) for path, questions in sets.items()}
    print(output.line(_as_json(found)) if context.options.json else _as_text(found))
    return EXIT_REFUSED if refused else EXIT_OK


def _judgeable(path: Path, refused: list[BadLine]) -> list[EvaluationQuestion]:
    """The questions whose answers can be judged; an answerable question without an accepted answer is reported."""
    questions = question_set(path, refused)
    for gold in questions:
        if gold.answerable and not gold.has_accepted_answer:
            refused.append(BadLine(place=str(path), problem=f"the question {gold.id!r} has no accepted answer"))
            print_error(refused[-1])
    return [gold for gold in questions if gold.has_accepted_answer or not gold.answerable]


def _certificate(
    context: CommandContext, dateline: Dateline, path: Path, questions: list[EvaluationQuestion]
) -> Certificate:
    today, watched = arguments.today(context.options), progress.with_progress(questions, path.name)
    return certificate([evaluate_question(dateline, gold, today) for gold in watched])


def _as_json(found: Certificates) -> output.Row:
    return {
        "confidence": CONFIDENCE,
        "sets": [_row(path, each) for path, each in found.items()],
        "pooled": pooled(list(found.values())).model_dump(mode="json") if len(found) > 1 else None,
    }


def _row(path: Path, found: Certificate) -> output.Row:
    return {"set": str(path), **found.model_dump(), "rate": found.rate, "upper_bound": found.upper_bound}


def _as_text(found: Certificates) -> str:
    lines = [f"{path}: {as_line(each)}" for path, each in found.items()]
    return "\n".join([*lines, as_pooled_line(pooled(list(found.values())))] if len(found) > 1 else lines)
