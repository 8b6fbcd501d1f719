"""``dateline search``: the best passages for a query, or for each line of a file."""

from __future__ import annotations

from bot.bootstrap import Dateline
from bot.cli import arguments, output
from bot.cli.arguments import EXIT_OK, EXIT_REFUSED, CommandContext, Register
from bot.cli.question_files import BadLine
from retrieval.models import Hit


def register(command: Register) -> None:
    parser = command(
        "search", help="find passages", description="Find the best passages for a query, without an answer."
    )
    arguments.add_text_arguments(parser, "QUERY")
    parser.add_argument("--top", type=arguments.positive_integer, default=10, metavar="N", help="most passages (10)")
    parser.set_defaults(command=search)


def search(context: CommandContext) -> int:
    """Print the hits of the query, or of each line of a file."""
    query = arguments.text_argument(context.options)
    if query is None:
        return _batch(context)
    with context.open_dateline() as dateline:
        hits = _hits(context, dateline, query)
    if context.options.json:
        print(output.line(output.hits_row(None, query, hits)))
    else:
        print("\n\n".join(output.hit_lines(hit) for hit in hits) or "Nothing was found.")
    return EXIT_OK


def _batch(context: CommandContext) -> int:
    refused: list[BadLine] = []
    lines = arguments.batch_lines(context.options.batch, ("query", "question"), refused)
    with context.open_dateline() as dateline:
        for line in lines:
            print(output.line(output.hits_row(line.id, line.text, _hits(context, dateline, line.text))))
    return EXIT_REFUSED if refused else EXIT_OK


def _hits(context: CommandContext, dateline: Dateline, query: str) -> tuple[Hit, ...]:
    return dateline.hits(query, context.options.top, arguments.today(context.options))
