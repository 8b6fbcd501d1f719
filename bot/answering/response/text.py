"""Words a reply, plain or as Telegram HTML, from the same templates; the door to Jinja2 for answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.answering.dates import day_in_words
from bot.answering.models import Answer, Citation, Missing, Reply
from retrieval.models import Header, Knowledge, MentionKind

_BLOCK = "\0"
"""Parts the blocks of a reply; no article holds it, since sources refuse it."""
_LONG_QUOTE = 320


def to_plain(reply: Reply) -> str:
    """The whole reply as plain text."""
    return "\n\n".join(_blocks(reply, html=False))


def to_html(reply: Reply) -> tuple[str, ...]:
    """The reply as blocks of Telegram HTML, each balanced and escaped, in reading order."""
    return _blocks(reply, html=True)


def label(header: Header) -> str:
    """How a source is named: the outlet or the quoted headline, and the date with how it is known."""
    name = header.outlet or (f"“{header.title}”" if header.title else header.id)
    if header.published is None:
        return name
    inferred = "date inferred: " if header.published.known is Knowledge.INFERRED else ""
    return f"{name}, {inferred}{day_in_words(header.published.day)}"


def _blocks(reply: Reply, *, html: bool) -> tuple[str, ...]:
    template = _environment(html).get_template("answer.j2" if isinstance(reply, Answer) else "no_answer.j2")
    rendered = template.render(reply=reply)
    return tuple(block for block in (part.strip() for part in rendered.split(_BLOCK)) if block)


@cache
def _environment(html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.answering.response"),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    marks: dict[str, Callable[..., str]] = _HTML_MARKS if html else _PLAIN_MARKS
    environment.filters.update(marks)
    environment.filters.update(label=label, day=day_in_words, by_article=_by_article)
    environment.filters.update(value_words=_value_words, absent_numbers=_absent_numbers)
    environment.globals["block"] = _BLOCK
    return environment


def _by_article(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations of each article together, in order of first mention: a source is named once."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.article_id, []).append(citation)
    return list(groups.values())


def _absent_numbers(missing: Sequence[Missing]) -> list[str]:
    """The numbers that no article has; one of fewer than three digits may be there in words."""
    return [each.words for each in missing if not each.articles and _LONG_NUMBER.search(each.words)]


_LONG_NUMBER = re.compile(r"\d{3}")


def _value_words(kind: MentionKind | None) -> str:
    return _VALUES.get(kind, "such detail") if kind else "such detail"


_VALUES = {
    MentionKind.DATE: "a date",
    MentionKind.TIME: "a time",
    MentionKind.DURATION: "a duration",
    MentionKind.NUMBER: "a number",
    MentionKind.MONEY: "an amount",
    MentionKind.PERCENT: "a percentage",
    MentionKind.PERSON: "a name",
    MentionKind.PLACE: "a place",
}


def _html_strong(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text)


def _html_quote(text: str, numbers: str = "") -> Markup:
    opening = Markup("<blockquote expandable>") if len(text) > _LONG_QUOTE else Markup("<blockquote>")
    return opening + escape(text) + escape(f" {numbers}" if numbers else "") + Markup("</blockquote>")


def _html_link(text: str, url: str | None) -> Markup:
    if url is None or not url.startswith(("http://", "https://")):
        return Markup(escape(text))
    return Markup('<a href="{}">{}</a>').format(url, text)


def _plain_quote(text: str, numbers: str = "") -> str:
    return f"| {text} {numbers}".rstrip()


def _plain_link(text: str, url: str | None) -> str:
    return f"{text}, {url}" if url else text


_HTML_MARKS: dict[str, Callable[..., str]] = {
    "strong": _html_strong,
    "quote": _html_quote,
    "link": _html_link,
}
_PLAIN_MARKS: dict[str, Callable[..., str]] = {
    "strong": str,
    "quote": _plain_quote,
    "link": _plain_link,
}
