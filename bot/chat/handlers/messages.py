"""An update becomes a reply: is it for us, what is asked, what is said about it, and off it goes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.replies import IncomingQuestion, Replier
from bot.chat.incoming import adapters
from bot.chat.incoming.adapters import is_too_late
from bot.chat.incoming.context import context_of
from bot.chat.incoming.filters import heard_in, words_above
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import bare
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations
from bot.chat.persistence.preferences import AnswerTrigger, Preferences, PreferenceStore
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import render

# an edit of an older message that was never answered is left alone
WORTH_ANSWERING_AN_EDIT = timedelta(hours=1)
MOST_ALBUMS = 500

UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CHANNEL_POST, Update.EDITED_CHANNEL_POST)


def conversation(desk: ChatServices) -> Feature:
    """Messages and posts that ask something, new and edited."""
    talk = QuestionHandlers(desk)
    wanted = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POSTS
    return Feature(handlers=(MessageHandler(wanted, talk.on_message),), updates=UPDATES)


class QuestionHandlers:
    """Handles every message and post, new or edited."""

    def __init__(self, desk: ChatServices) -> None:
        self._replying = Replier(desk)
        self._delivery = desk.delivery
        self._state = desk.state
        self._pause = desk.pause
        self._chats = PreferenceStore(desk.memory)
        self._talks = Conversations(desk.memory)
        self._repeats = RecentAnswers()
        self._albums: deque[tuple[int, str]] = deque(maxlen=MOST_ALBUMS)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that is for the bot."""
        message = update.effective_message
        if message is None:
            return
        heard = self._heard(message, context.bot)
        if heard.action is Action.IGNORE or self._is_stale_edit(message) or is_too_late(message):
            return
        await self._reply(message, heard, context.bot)

    async def _reply(self, message: Message, heard: Request, bot: Bot) -> None:
        to = self._wishes(message).suit(adapters.listener(message, bot))
        place, before = adapters.place(message), self._before(message, heard, bot)
        above = self._answered_lately(message, heard) if before == NOTHING_BEFORE else None
        if above is not None:
            link = address(message.chat_id, above, message.chat.username)
            await self._delivery.deliver(place, render(page("answered_above", to.language, link=link)))
            return
        asks = heard.action is Action.ANSWER
        if asks and _is_group(message) and (seconds := self._pause(message.chat_id)) is not None:
            place = place.model_copy(update={"preface": line("crowd", to.language, seconds=seconds)})
        asked = IncomingQuestion(place=place, heard=heard, to=to, asker=adapters.asker(message), before=before)
        sent = await self._replying.reply(asked)
        if asks and sent and before == NOTHING_BEFORE:
            self._repeats.note(message.chat_id, heard.text, sent[0].message_id)

    def _before(self, message: Message, heard: Request, bot: Bot) -> ConversationContext:
        """What a question goes on with; one that somebody else wrote, and this message only points at, with nothing."""
        pointed_at = heard.action is Action.ANSWER and heard.text == words_above(message, bot)
        return NOTHING_BEFORE if pointed_at else context_of(message, self._talks, bot)

    def _answered_lately(self, message: Message, heard: Request) -> int | None:
        """The answer that was given to the same question in a group a moment ago."""
        if (
            heard.action is not Action.ANSWER
            or not _is_group(message)
            or self._state.answer_to(message.chat_id, message.message_id)
        ):
            return None
        return self._repeats.answered(message.chat_id, heard.text)

    def _heard(self, message: Message, bot: Bot) -> Request:
        commands_only = self._wishes(message).when is AnswerTrigger.COMMANDED
        heard = heard_in(message, bot, commands_only=commands_only)
        if heard.action is Action.IGNORE or message.media_group_id is None:
            return heard
        album = (message.chat_id, message.media_group_id)
        repeated = heard.action is Action.ONLY_TEXT and album in self._albums
        self._albums.append(album)
        return Request(action=Action.IGNORE) if repeated else heard

    def _wishes(self, message: Message) -> Preferences:
        return self._chats.of(message.chat_id)

    def _is_stale_edit(self, message: Message) -> bool:
        if message.edit_date is None or self._state.answer_to(message.chat_id, message.message_id):
            return False
        return datetime.now(UTC) - message.date > WORTH_ANSWERING_AN_EDIT


def _is_group(message: Message) -> bool:
    return message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


# seconds in which an answer is worth pointing to instead of giving it again
LATELY: Final = 60.0


class RecentAnswers:
    """Which message answered which question of which chat lately; ``clock`` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answered: dict[tuple[int, str], tuple[float, int]] = {}

    def answered(self, chat_id: int, question: str) -> int | None:
        """The message that answered the question lately, or None."""
        self._drop_old()
        found = self._answered.get((chat_id, bare(question)))
        return found[1] if found else None

    def note(self, chat_id: int, question: str, message_id: int) -> None:
        """Remember that a message answers a question now."""
        self._drop_old()
        self._answered[chat_id, bare(question)] = (self._clock(), message_id)

    def _drop_old(self) -> None:
        """Drop what was answered too long ago; the oldest come first."""
        limit = self._clock() - LATELY
        for key in [key for key, (then, _) in self._answered.items() if then < limit]:
            del self._answered[key]


def address(chat_id: int, message_id: int, username: str | None = None) -> str | None:
    """The address of a message in a supergroup, or None where its kind of chat has none."""
    if username:
        return f"https://t.me/{username}/{message_id}"
    number = str(chat_id)
    return f"https://t.me/c/{number[4:]}/{message_id}" if number.startswith("-100") and len(number) > 4 else None
