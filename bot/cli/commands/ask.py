"""``dateline ask``: one question, or a file of them."""

from __future__ import annotations

from bot.answering.models import Trace
from bot.answering.response import explanation as explaining
from bot.answering.response import text as wording
from bot.bootstrap import Dateline
from bot.cli import arguments as call
from bot.cli import output as printing
from bot.cli.arguments import FINE, REFUSED, Context, Register
from bot.cli.question_files import BadLine


def register(command: Register) -> None:
    parser = command("ask", help="answer a question", description="Answer a question from the articles.")
    call.add_words(parser, "QUESTION")
    parser.add_argument("--always", action="store_true", help="answer with the best evidence even where unsure")
    parser.add_argument("--explain", action="store_true", help="show how the answer came about")
    parser.set_defaults(command=ask)


def ask(context: Context) -> int:
    """Answer the question typed, or each line of a file."""
    question = call.words(context.options)
    if question is None:
        return _batch(context)
    with context.opened() as dateline:
        trace = _answer(context, dateline, question)
    print(_written(context, None, question, trace))
    return FINE


def _batch(context: Context) -> int:
    refused: list[BadLine] = []
    lines = call.lines(context.options.batch, ("question",), refused)
    with context.opened() as dateline:
        for line in lines:
            print(_json(context, line.id, line.text, _answer(context, dateline, line.text)))
    return REFUSED if refused else FINE


def _answer(context: Context, dateline: Dateline, question: str) -> Trace:
    return dateline.answer(question, call.today(context.options), always=context.options.always)


def _written(context: Context, identity: str | int | None, question: str, trace: Trace) -> str:
    if context.options.json:
        return _json(context, identity, question, trace)
    told = wording.plain(trace.reply)
    return f"{explaining.explain(trace)}\n\n{told}" if context.options.explain else told


def _json(context: Context, identity: str | int | None, question: str, trace: Trace) -> str:
    row = dict(printing.reply_row(identity, question, trace.reply))
    if context.options.explain:
        row["explanation"] = explaining.explain(trace).splitlines()
    return printing.line(row)
