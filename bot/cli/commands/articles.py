"""``dateline add``, ``list``, ``show`` and ``remove``: import, list, show and remove articles."""

from __future__ import annotations

from pathlib import Path

from bot.cli import progress
from bot.cli.arguments import EXIT_OK, EXIT_REFUSED, CommandContext, Register, decode_argument, print_error
from bot.cli.output import article_row, caption, line, report_line
from retrieval.documents.article_fields import json_of
from retrieval.documents.readers import SUFFIXES
from retrieval.errors import UnknownArticle


def register(command: Register) -> None:
    parser = command("add", help="add articles", description=f"Add articles: files ({', '.join(SUFFIXES)}) or folders.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.set_defaults(command=add)
    parser = command("list", help="list the articles", description="List the articles, newest first.")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=list_)
    parser = command("show", help="show an article", description="Show an article as it was added.")
    parser.add_argument("id", metavar="ID", type=decode_argument)
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=show)
    parser = command("remove", help="remove an article", description="Remove an article; no answer uses it any more.")
    parser.add_argument("id", metavar="ID", type=decode_argument)
    parser.set_defaults(command=remove)


def add(context: CommandContext) -> int:
    """Add articles and print how many were added, replaced, unchanged and refused; each refusal is one line."""
    with context.open_dateline() as dateline, progress.import_progress() as update:
        report = dateline.add(context.options.paths, update)
    for refusal in report.refused:
        print_error(refusal)
    print(report_line(report))
    return EXIT_REFUSED if report.refused else EXIT_OK


def list_(context: CommandContext) -> int:
    """Print the header of every article."""
    with context.open_dateline() as dateline:
        headers = dateline.headers()
    if context.options.json:
        print(line([json_of(header) for header in headers]))
    elif headers:
        print("\n".join(caption(header) for header in headers))
    else:
        print_error("There are no articles yet; add some with dateline add PATH.")
    return EXIT_OK


def show(context: CommandContext) -> int:
    """Print one article, header and text."""
    with context.open_dateline() as dateline:
        try:
            article = dateline.article(context.options.id)
        except UnknownArticle as error:
            return _unknown(error)
    if context.options.json:
        print(line(article_row(article)))
    else:
        print(f"{caption(article)}\n\n{article.text}")
    return EXIT_OK


def remove(context: CommandContext) -> int:
    """Remove one article."""
    with context.open_dateline() as dateline:
        try:
            dateline.remove(context.options.id)
        except UnknownArticle as error:
            return _unknown(error)
    print(f"Removed {context.options.id}.")
    return EXIT_OK


def _unknown(error: UnknownArticle) -> int:
    print_error(f"dateline: {error}")
    return EXIT_REFUSED
