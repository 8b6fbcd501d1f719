"""``dateline ask``: one question, or a file of them."""

from __future__ import annotations

from bot.answering.models import Trace
from bot.answering.response.explanation import explain
from bot.answering.response.text import to_plain
from bot.bootstrap import Dateline
from bot.cli import arguments, output
from bot.cli.arguments import EXIT_OK, EXIT_REFUSED, CommandContext, Register
from bot.cli.question_files import BadLine


def register(command: Register) -> None:
    parser = command("ask", help="answer a question", description="Answer a question from the articles.")
    arguments.add_text_arguments(parser, "QUESTION")
    parser.add_argument("--always", action="store_true", help="never abstain: answer with the best evidence")
    parser.add_argument("--explain", action="store_true", help="show how the answer was found")
    parser.set_defaults(command=ask)


def ask(context: CommandContext) -> int:
    """Print the answer to the question, or to each line of a file."""
    question = arguments.text_argument(context.options)
    if question is None:
        return _batch(context)
    with context.open_dateline() as dateline:
        trace = _answer(context, dateline, question)
    print(_formatted(context, None, question, trace))
    return EXIT_OK


def _batch(context: CommandContext) -> int:
    refused: list[BadLine] = []
    lines = arguments.batch_lines(context.options.batch, ("question",), refused)
    with context.open_dateline() as dateline:
        for line in lines:
            print(_json(context, line.id, line.text, _answer(context, dateline, line.text)))
    return EXIT_REFUSED if refused else EXIT_OK


def _answer(context: CommandContext, dateline: Dateline, question: str) -> Trace:
    return dateline.answer(question, arguments.today(context.options), always=context.options.always)


def _formatted(context: CommandContext, identity: str | int | None, question: str, trace: Trace) -> str:
    if context.options.json:
        return _json(context, identity, question, trace)
    reply = to_plain(trace.reply)
    return f"{explain(trace)}\n\n{reply}" if context.options.explain else reply


def _json(context: CommandContext, identity: str | int | None, question: str, trace: Trace) -> str:
    row = dict(output.reply_row(identity, question, trace.reply))
    if context.options.explain:
        row["explanation"] = explain(trace).splitlines()
    return output.line(row)
