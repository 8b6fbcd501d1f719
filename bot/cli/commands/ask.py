"""``dateline ask``: one question, or a file of them."""

from __future__ import annotations

from bot.answering.models import Trace
from bot.answering.response.explanation import explain
from bot.answering.response.text import to_plain
from bot.bootstrap import Dateline
from bot.cli import arguments, output
from bot.cli.arguments import FINE, REFUSED, CommandContext, Register
from bot.cli.question_files import BadLine


def register(command: Register) -> None:
    parser = command("ask", help="answer a question", description="Answer a question from the articles.")
    arguments.add_words(parser, "QUESTION")
    parser.add_argument("--always", action="store_true", help="answer with the best evidence even where unsure")
    parser.add_argument("--explain", action="store_true", help="show how the answer came about")
    parser.set_defaults(command=ask)


def ask(context: CommandContext) -> int:
    """Answer the question typed, or each line of a file."""
    question = arguments.words(context.options)
    if question is None:
        return _batch(context)
    with context.opened() as dateline:
        trace = _answer(context, dateline, question)
    print(_written(context, None, question, trace))
    return FINE


def _batch(context: CommandContext) -> int:
    refused: list[BadLine] = []
    lines = arguments.lines(context.options.batch, ("question",), refused)
    with context.opened() as dateline:
        for line in lines:
            print(_json(context, line.id, line.text, _answer(context, dateline, line.text)))
    return REFUSED if refused else FINE


def _answer(context: CommandContext, dateline: Dateline, question: str) -> Trace:
    return dateline.answer(question, arguments.today(context.options), always=context.options.always)


def _written(context: CommandContext, identity: str | int | None, question: str, trace: Trace) -> str:
    if context.options.json:
        return _json(context, identity, question, trace)
    told = to_plain(trace.reply)
    return f"{explain(trace)}\n\n{told}" if context.options.explain else told


def _json(context: CommandContext, identity: str | int | None, question: str, trace: Trace) -> str:
    row = dict(output.reply_row(identity, question, trace.reply))
    if context.options.explain:
        row["explanation"] = explain(trace).splitlines()
    return output.line(row)
