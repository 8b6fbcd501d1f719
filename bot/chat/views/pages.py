"""The pages that need more than a text of ``i18n``: what they list, cut or choose is decided here.

Every function returns blocks of balanced, escaped Telegram HTML for ``renderer.render``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from bot.answering.dates import day_in_words
from bot.chat.commands import in_help
from bot.chat.types import DEFAULT
from bot.chat.views.i18n import Blocks, page
from retrieval.models import Article, CorpusProfile, Header

# what a person looks through on a phone before it is quicker to search
MOST_LISTED: Final = 20
MOST_OUTLETS: Final = 15
# code points of an article that are shown: two of Telegram's messages of 4096
MOST_OF_AN_ARTICLE: Final = 7500


def start(profile: CorpusProfile, *, private: bool, language: str = DEFAULT, examples: Sequence[str] = ()) -> Blocks:
    """The first page, with questions to begin with."""
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
    """How to ask, and what each command does."""
    commands = (block for command in in_help() for block in page(f"help_{command.name}", language))
    return (*page("help", language), "\n".join((*page("help_commands", language), *commands)))


def usage(profile: CorpusProfile, language: str = DEFAULT, examples: Sequence[str] = ()) -> Blocks:
    """How to use /ask, with questions to begin with."""
    return page("usage", language, examples=examples or usual_examples(profile))


def about(profile: CorpusProfile, language: str = DEFAULT) -> Blocks:
    """What Dateline is and what its articles cover."""
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
    """The newest articles; where words are given, those whose headline, outlet or id contains them."""
    found = [header for header in headers if _matches(header, wanted)]
    return page("sources", language, headers=found[:MOST_LISTED], total=len(found), wanted=wanted)


def article(shown: Article, language: str = DEFAULT) -> Blocks:
    """The article's headline, outlet and date, and its text as a quote that opens on a tap."""
    text = shown.text[:MOST_OF_AN_ARTICLE]
    left = len(shown.text) - len(text)
    quote = f"<blockquote expandable>{escape(text, quote=False)}{'…' if left else ''}</blockquote>"
    rest = page("article_rest", language, left=left) if left else ()
    return (*page("article", language, article=shown), quote, *rest)


def apology(language: str = DEFAULT) -> Blocks:
    """What a person receives where the bot failed."""
    return page("apology", language)


def usual_examples(profile: CorpusProfile) -> tuple[str, ...]:
    """Questions to begin with where none with an answer was found, in the articles' language."""
    day = f"on {day_in_words(profile.last)}" if profile.last else "on Thursday"
    return (f"What happened {day}?", "When did it begin, and where?", "Who met whom?")


def _matches(header: Header, wanted: str) -> bool:
    fields = (header.title, header.outlet, header.id)
    return any(wanted.casefold() in field.casefold() for field in fields if field)
