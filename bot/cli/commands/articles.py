"""``dateline add``, ``list``, ``show`` and ``remove``: the articles themselves."""

from __future__ import annotations

from pathlib import Path

from bot.cli import progress
from bot.cli.arguments import FINE, REFUSED, CommandContext, Register, as_text, complain
from bot.cli.output import article_row, caption, line, report_line
from retrieval.documents.article_fields import json_of
from retrieval.errors import UnknownArticle


def register(command: Register) -> None:
    parser = command(
        "add", help="add articles", description="Add articles: .txt, .md, .html, .json, .jsonl, or folders."
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.set_defaults(command=add)
    parser = command("list", help="list the articles", description="List the articles, newest first.")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=list_)
    parser = command("show", help="show an article", description="Show an article as it was added.")
    parser.add_argument("id", metavar="ID", type=as_text)
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=show)
    parser = command("remove", help="remove an article", description="Remove an article; no answer uses it any more.")
    parser.add_argument("id", metavar="ID", type=as_text)
    parser.set_defaults(command=remove)


def add(context: CommandContext) -> int:
    """Add articles and say what became of them; what is refused is told line by line."""
    with context.opened() as dateline, progress.importing() as tell:
        report = dateline.add(context.options.paths, tell)
    for refusal in report.refused:
        complain(refusal)
    print(report_line(report))
    return REFUSED if report.refused else FINE


def list_(context: CommandContext) -> int:
    """Print every article's header."""
    with context.opened() as dateline:
        headers = dateline.headers()
    if context.options.json:
        print(line([json_of(header) for header in headers]))
    elif headers:
        print("\n".join(caption(header) for header in headers))
    else:
        complain("There are no articles yet; dateline add PATH adds some.")
    return FINE


def show(context: CommandContext) -> int:
    """Print one article, header and text."""
    with context.opened() as dateline:
        try:
            article = dateline.article(context.options.id)
        except UnknownArticle as error:
            return _refuse(error)
    if context.options.json:
        print(line(article_row(article)))
    else:
        print(f"{caption(article)}\n\n{article.text}")
    return FINE


def remove(context: CommandContext) -> int:
    """Remove one article."""
    with context.opened() as dateline:
        try:
            dateline.remove(context.options.id)
        except UnknownArticle as error:
            return _refuse(error)
    print(f"Removed {context.options.id}.")
    return FINE


def _refuse(error: UnknownArticle) -> int:
    complain(f"dateline: {error}")
    return REFUSED
