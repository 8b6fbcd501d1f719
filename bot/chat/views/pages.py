"""What the bot says besides answers: the commands' pages and its short remarks.

Every function returns blocks of balanced, escaped Telegram HTML for ``rendering.render``; the words stand in the
catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.answering.dates import day_in_words
from bot.chat.commands import in_help
from bot.chat.types import DEFAULT
from bot.chat.views.i18n import Blocks, page
from retrieval.models import Article, CorpusProfile, Header

MOST_LISTED = 20
MOST_OUTLETS = 15
# code points of an article that are shown: two messages
MOST_OF_AN_ARTICLE = 7500


def start(profile: CorpusProfile, *, private: bool, language: str = DEFAULT, examples: Sequence[str] = ()) -> Blocks:
    return page(
        "start",
        language,
        profile=profile,
        first=profile.first,
        last=profile.last,
        private=private,
        lead="" if private else "/ask ",
        examples=examples or usual_examples(profile),
    )


def help_page(language: str = DEFAULT) -> Blocks:
    commands = (block for command in in_help() for block in page(f"help_{command.name}", language))
    return (*page("help", language), "\n".join((*page("help_commands", language), *commands)))


def usage(profile: CorpusProfile, language: str = DEFAULT, examples: Sequence[str] = ()) -> Blocks:
    return page("usage", language, examples=examples or usual_examples(profile))


def only_text(language: str = DEFAULT) -> Blocks:
    return page("only_text", language)


def unknown_command(command: str, language: str = DEFAULT) -> Blocks:
    return page("unknown_command", language, command=command)


def about(profile: CorpusProfile, language: str = DEFAULT) -> Blocks:
    return page(
        "about",
        language,
        profile=profile,
        first=profile.first,
        last=profile.last,
        outlets=[" ".join(outlet.split()) for outlet in profile.outlets[:MOST_OUTLETS]],
        left=max(0, len(profile.outlets) - MOST_OUTLETS),
    )


def sources(headers: Sequence[Header], wanted: str, language: str = DEFAULT) -> Blocks:
    """The newest articles; where something is wanted, those whose headline, outlet or id holds it."""
    found = [header for header in headers if _matches(header, wanted)]
    return page("sources", language, headers=found[:MOST_LISTED], total=len(found), wanted=wanted)


def article(shown: Article, language: str = DEFAULT) -> Blocks:
    """The article's headline, outlet and date, and its text as a quote that opens on a tap."""
    text = shown.text[:MOST_OF_AN_ARTICLE]
    left = len(shown.text) - len(text)
    quote = f"<blockquote expandable>{escape(text, quote=False)}{'…' if left else ''}</blockquote>"
    rest = page("article_rest", language, left=left) if left else ()
    return (*page("article", language, article=shown), quote, *rest)


def article_usage(language: str = DEFAULT) -> Blocks:
    return page("article_usage", language)


def unknown_article(article_id: str, language: str = DEFAULT) -> Blocks:
    return page("unknown_article", language, id=article_id)


def apology(language: str = DEFAULT) -> Blocks:
    return page("apology", language)


def usual_examples(profile: CorpusProfile) -> tuple[str, ...]:
    """Questions to begin with, in the articles' language."""
    day = f"on {day_in_words(profile.last)}" if profile.last else "on Thursday"
    return (f"What happened {day}?", "When did it begin, and where?", "Who met whom?")


def _matches(header: Header, wanted: str) -> bool:
    fields = (header.title, header.outlet, header.id)
    return any(wanted.casefold() in field.casefold() for field in fields if field)
