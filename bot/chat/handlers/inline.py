"""Inline mode: what is typed behind the bot's name in any chat is answered while it is typed."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Final

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes, InlineQueryHandler

from bot.chat.features import ChatServices, Feature
from bot.chat.persistence.answers import AnswerStore
from bot.chat.responses.inline_results import InlineResult, InlineResultsBuilder, InlineResultsPage
from bot.chat.transport.keyboards import markup
from bot.chat.transport.sender import NO_PREVIEW
from bot.chat.types import Recipient
from bot.chat.views.i18n import closest_language, line

log = logging.getLogger(__name__)

# seconds that Telegram may give a person the same answer again
CACHED: Final = 300
START: Final = "inline"


def inline(desk: ChatServices) -> Feature:
    """Queries typed behind the bot's name."""
    typing = InlineHandlers(InlineResultsBuilder(desk.service, AnswerStore(desk.memory)), desk.worker)
    return Feature(handlers=(InlineQueryHandler(typing.on_query),), updates=(Update.INLINE_QUERY,))


class InlineHandlers:
    """Handles inline queries."""

    def __init__(self, counter: InlineResultsBuilder, worker: Executor) -> None:
        self._counter = counter
        self._worker = worker

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what is typed; a query that became too old meanwhile is let go."""
        if (query := update.inline_query) is None:
            return
        language = closest_language(query.from_user.language_code)
        to = Recipient(today=datetime.now(UTC).date(), private=False, language=language, us=context.bot.username)
        begin = int(query.offset) if query.offset.isdecimal() else 0
        found = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._counter.offers, query.query, begin, to
        )
        try:
            await query.answer(
                [article(offer) for offer in found.offers],
                cache_time=CACHED,
                is_personal=True,  # the words on the buttons are in the person's language
                next_offset=str(found.more or ""),
                button=_button(query, found, language) if begin == 0 else None,
            )
        except BadRequest as error:
            log.info("An inline query could not be answered: %s", error)


def article(offer: InlineResult) -> InlineQueryResultArticle:
    """An offer as the library wants it."""
    content = InputTextMessageContent(offer.part.html, ParseMode.HTML, link_preview_options=NO_PREVIEW)
    keyboard = markup(offer.part.buttons)
    return InlineQueryResultArticle(offer.id, offer.title, content, keyboard, description=offer.below)


def _button(query: InlineQuery, found: InlineResultsPage, language: str) -> InlineQueryResultsButton | None:
    """The way to the chat with the bot, where nothing is typed yet or nothing was found."""
    if found.offers and query.query.strip():
        return None
    words = line("inline_nothing" if query.query.strip() else "inline_how", language)
    return InlineQueryResultsButton(words, start_parameter=START)
