"""What the bot says besides answers: the commands' pages and its short remarks, worded in templates.

Every function returns blocks of balanced, escaped Telegram HTML for ``rendering.render``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined

from retrieval.models import Article, CorpusProfile, Header

Blocks = tuple[str, ...]

MOST_LISTED = 20
MOST_OUTLETS = 15
# code points of an article that are shown: two messages
MOST_OF_AN_ARTICLE = 7500


def start(profile: CorpusProfile, *, private: bool) -> Blocks:
    lead = "" if private else "/ask "
    return _page("start", profile=profile, span=_days(profile), private=private, lead=lead, examples=_examples(profile))


def help_page() -> Blocks:
    return _page("help")


def usage(profile: CorpusProfile) -> Blocks:
    return _page("usage", examples=_examples(profile))


def only_text() -> Blocks:
    return _page("only_text")


def unknown_command(command: str) -> Blocks:
    return _page("unknown_command", command=command)


def about(profile: CorpusProfile) -> Blocks:
    return _page("about", profile=profile, span=_days(profile), outlets=_some(profile.outlets))


def sources(headers: Sequence[Header], wanted: str) -> Blocks:
    """The newest articles; where something is wanted, those whose headline, outlet or id holds it."""
    found = [header for header in headers if _matches(header, wanted)]
    return _page(
        "sources",
        headers=found[:MOST_LISTED],
        total=len(found),
        wanted=wanted,
        matching=f' for "{wanted}"' if wanted else "",
    )


def article(shown: Article) -> Blocks:
    """The article's headline, outlet and date, and its text as a quote that opens on a tap."""
    text = shown.text[:MOST_OF_AN_ARTICLE]
    left = len(shown.text) - len(text)
    quote = f"<blockquote expandable>{escape(text, quote=False)}{'…' if left else ''}</blockquote>"
    return (*_page("article", article=shown), quote, *(_page("article_rest", left=left) if left else ()))


def article_usage() -> Blocks:
    return _page("article_usage")


def unknown_article(article_id: str) -> Blocks:
    return _page("unknown_article", id=article_id)


def apology() -> Blocks:
    return _page("apology")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.chat"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(day=_day, one_line=_one_line)
    return environment


def _page(template: str, **facts: object) -> Blocks:
    """A template's text, cut into blocks at its empty lines."""
    text = _templates().get_template(f"{template}.html").render(facts)
    return tuple(block for part in text.split("\n\n") if (block := part.strip()))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _matches(header: Header, wanted: str) -> bool:
    fields = (header.title, header.outlet, header.id)
    return any(wanted.casefold() in field.casefold() for field in fields if field)


def _examples(profile: CorpusProfile) -> tuple[str, ...]:
    day = f"on {_day(profile.last)}" if profile.last else "on Thursday"
    return (f"What happened {day}?", "When did it begin, and where?", "Who met whom?")


def _days(profile: CorpusProfile) -> str:
    if profile.first is None or profile.last is None:
        return ""
    if profile.first == profile.last:
        return f" of {_day(profile.first)}"
    return f" from {_day(profile.first)} to {_day(profile.last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _some(names: Sequence[str]) -> str:
    left = len(names) - MOST_OUTLETS
    return ", ".join(map(_one_line, names[:MOST_OUTLETS])) + (f" and {left} more" if left > 0 else "")
