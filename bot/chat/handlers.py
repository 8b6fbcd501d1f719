"""An update becomes a reply: is it for us, what is asked, what is said about it, and off it goes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, date, datetime, timedelta

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.answering import wording
from bot.chat import facts, pages
from bot.chat.addressing import Act, Heard, hear
from bot.chat.catalogue import DEFAULT, Blocks
from bot.chat.delivery import Delivery
from bot.chat.desk import Desk, Feature
from bot.chat.rendering import Part, render
from bot.chat.service import Service
from bot.chat.state import ChatState
from retrieval.errors import UnknownArticle

# an edit of an older message that was never answered is left alone
WORTH_ANSWERING_AN_EDIT = timedelta(hours=1)
MOST_ALBUMS = 500

UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CHANNEL_POST, Update.EDITED_CHANNEL_POST)
COMMANDS = {
    "ask": "Ask a question",
    "sources": "The articles I know",
    "article": "One article, by its id",
    "about": "Who I am and how I decide",
    "help": "How to ask",
}


def conversation(desk: Desk) -> Feature:
    """Messages and posts that ask something, new and edited."""
    talk = Conversation(Speaker(desk.service), desk.delivery, desk.state, desk.worker)
    wanted = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POSTS
    return Feature(handlers=(MessageHandler(wanted, talk.on_message),), updates=UPDATES, commands=COMMANDS)


class Speaker:
    """What the bot says to what it heard; runs in a worker thread and knows nothing of Telegram."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._pages: dict[Act, Callable[[Heard, str, bool], Blocks]] = {
            Act.USAGE: lambda heard, language, private: pages.usage(service.profile(), language),
            Act.START: lambda heard, language, private: pages.start(
                service.profile(), private=private, language=language
            ),
            Act.HELP: lambda heard, language, private: pages.help_page(language),
            Act.ABOUT: lambda heard, language, private: pages.about(service.profile(), language),
            Act.SOURCES: lambda heard, language, private: pages.sources(service.headers(), heard.text, language),
            Act.ARTICLE: lambda heard, language, private: self._article(heard.text, language),
            Act.UNKNOWN_COMMAND: lambda heard, language, private: pages.unknown_command(heard.text, language),
            Act.ONLY_TEXT: lambda heard, language, private: pages.only_text(language),
        }

    def parts(self, heard: Heard, today: date, *, private: bool, language: str = DEFAULT) -> tuple[Part, ...]:
        """The messages to send for what was heard on a day, in a language of the catalogue."""
        if heard.act is Act.ANSWER:
            return render(wording.html_blocks(self._service.answer(heard.text, today).reply))
        return render(self._pages[heard.act](heard, language, private))

    def _article(self, article_id: str, language: str) -> Blocks:
        if not article_id:
            return pages.article_usage(language)
        try:
            return pages.article(self._service.article(article_id), language)
        except UnknownArticle:
            return pages.unknown_article(article_id, language)


class Conversation:
    """Handles every message and post, new or edited; each update is answered once."""

    def __init__(self, speaker: Speaker, delivery: Delivery, state: ChatState, worker: Executor) -> None:
        self._speaker = speaker
        self._delivery = delivery
        self._state = state
        self._worker = worker
        self._albums: deque[tuple[int, str]] = deque(maxlen=MOST_ALBUMS)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that is for the bot; a failure counts as handled and goes to the error handler."""
        message = update.effective_message
        if message is None or self._state.is_handled(update.update_id):
            return
        heard = self._heard(message, context.bot)
        if heard.act is Act.SILENCE or self._is_stale_edit(message):
            return
        try:
            await self._reply(message, heard)
        except Exception:
            self._state.mark_handled(update.update_id)
            raise
        self._state.mark_handled(update.update_id)

    async def _reply(self, message: Message, heard: Heard) -> None:
        today = (message.edit_date or message.date).date()
        private = message.chat.type == ChatType.PRIVATE
        language = facts.language(message)
        parts = await asyncio.get_running_loop().run_in_executor(
            self._worker, lambda: self._speaker.parts(heard, today, private=private, language=language)
        )
        await self._delivery.deliver(facts.place(message), parts)

    def _heard(self, message: Message, bot: Bot) -> Heard:
        heard = hear(facts.said(message, bot))
        if heard.act is Act.SILENCE or message.media_group_id is None:
            return heard
        album = (message.chat_id, message.media_group_id)
        repeated = heard.act is Act.ONLY_TEXT and album in self._albums
        self._albums.append(album)
        return Heard(act=Act.SILENCE) if repeated else heard

    def _is_stale_edit(self, message: Message) -> bool:
        if message.edit_date is None or self._state.answer_to(message.chat_id, message.message_id):
            return False
        return datetime.now(UTC) - message.date > WORTH_ANSWERING_AN_EDIT
