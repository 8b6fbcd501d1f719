"""Inline mode: what is typed behind the bot's name in any chat is answered while it is typed."""

from __future__ import annotations

import asyncio
import logging
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

# seconds for which Telegram may give a person the same results again: its own default
CACHED: Final = 300
# what /start receives from the button above the results
START: Final = "inline"


def inline_feature(services: ChatServices) -> Feature:
    """Queries typed behind the bot's name."""
    return Feature(handlers=(InlineQueryHandler(InlineHandler(services).on_query),), updates=(Update.INLINE_QUERY,))


class InlineHandler:
    """Handles inline queries."""

    def __init__(self, services: ChatServices) -> None:
        self._builder = InlineResultsBuilder(services.service, AnswerStore(services.database))
        self._worker = services.worker

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what is typed; a query that became too old meanwhile is dropped."""
        if (query := update.inline_query) is None:
            return
        language = closest_language(query.from_user.language_code)
        to = Recipient(today=datetime.now(UTC).date(), private=False, language=language, us=context.bot.username)
        offset = int(query.offset) if query.offset.isdecimal() else 0
        page = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._builder.page, query.query, offset, to
        )
        try:
            await query.answer(
                [inline_article(result) for result in page.results],
                cache_time=CACHED,
                is_personal=True,  # the words on the buttons are in the person's language
                next_offset=str(page.next_offset or ""),
                button=_button(query, page, language) if offset == 0 else None,
            )
        except BadRequest as error:
            log.info("An inline query could not be answered: %s", error)


def inline_article(result: InlineResult) -> InlineQueryResultArticle:
    """A result as an object of the library."""
    content = InputTextMessageContent(result.part.html, ParseMode.HTML, link_preview_options=NO_PREVIEW)
    keyboard = markup(result.part.buttons)
    return InlineQueryResultArticle(result.id, result.title, content, keyboard, description=result.description)


def _button(query: InlineQuery, page: InlineResultsPage, language: str) -> InlineQueryResultsButton | None:
    """A button to the chat with the bot, where nothing is typed yet or nothing was found."""
    if page.results and query.query.strip():
        return None
    words = line("inline_nothing" if query.query.strip() else "inline_how", language)
    return InlineQueryResultsButton(words, start_parameter=START)
