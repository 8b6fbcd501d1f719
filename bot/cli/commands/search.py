"""``dateline search``: the passages nearest to words, or to each line of a file."""

from __future__ import annotations

from bot.bootstrap import Dateline
from bot.cli import arguments, output
from bot.cli.arguments import FINE, REFUSED, CommandContext, Register
from bot.cli.question_files import BadLine
from retrieval.models import Hit


def register(command: Register) -> None:
    parser = command(
        "search", help="find passages", description="Find the passages nearest to words, without answering."
    )
    arguments.add_words(parser, "QUERY")
    parser.add_argument("--top", type=arguments.positive, default=10, metavar="N", help="how many at most (10)")
    parser.set_defaults(command=search)


def search(context: CommandContext) -> int:
    """Print the hits of the words typed, or of each line of a file."""
    query = arguments.words(context.options)
    if query is None:
        return _batch(context)
    with context.opened() as dateline:
        hits = _hits(context, dateline, query)
    if context.options.json:
        print(output.line(output.hits_row(None, query, hits)))
    else:
        print("\n\n".join(output.hit_lines(hit) for hit in hits) or "Nothing was found.")
    return FINE


def _batch(context: CommandContext) -> int:
    refused: list[BadLine] = []
    lines = arguments.lines(context.options.batch, ("query", "question"), refused)
    with context.opened() as dateline:
        for line in lines:
            print(output.line(output.hits_row(line.id, line.text, _hits(context, dateline, line.text))))
    return REFUSED if refused else FINE


def _hits(context: CommandContext, dateline: Dateline, query: str) -> tuple[Hit, ...]:
    return dateline.hits(query, context.options.top, arguments.today(context.options))
