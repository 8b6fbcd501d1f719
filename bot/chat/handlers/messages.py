"""Messages and posts, new and edited: whether one is for the bot, what it asks, and the reply to it."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.recent_answers import RecentAnswers
from bot.chat.handlers.replies import IncomingQuestion, Replier
from bot.chat.incoming import adapters
from bot.chat.incoming.context import context_of
from bot.chat.incoming.filters import replied_question, request_of
from bot.chat.incoming.routing import IGNORED, Request
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations
from bot.chat.persistence.preferences import AnswerTrigger, PreferenceStore
from bot.chat.types import Place, Recipient
from bot.chat.views.deep_links import message_link
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import render

# an edit of an older message that was never answered corrects a text that nobody waits for
WORTH_ANSWERING_AN_EDIT: Final = timedelta(hours=1)
# the parts of an album come within seconds, so few of the newest are enough
MOST_ALBUMS: Final = 500

UPDATES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CHANNEL_POST, Update.EDITED_CHANNEL_POST)


def question_feature(services: ChatServices) -> Feature:
    """Messages and posts that ask something, new and edited."""
    accepted = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POSTS
    return Feature(handlers=(MessageHandler(accepted, QuestionHandler(services).on_message),), updates=UPDATES)


class QuestionHandler:
    """Handles every message and post that no other feature took."""

    def __init__(self, services: ChatServices) -> None:
        self._replier = Replier(services)
        self._sender = services.sender
        self._deliveries = services.deliveries
        self._expected_wait = services.expected_wait
        self._preferences = PreferenceStore(services.database)
        self._conversations = Conversations(services.database)
        self._recent = RecentAnswers()
        self._albums: deque[tuple[int, str]] = deque(maxlen=MOST_ALBUMS)

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply to a message that is for the bot."""
        message = update.effective_message
        if message is None:
            return
        request = self._request(message, context.bot)
        if request == IGNORED or self._is_stale_edit(message) or adapters.is_too_late(message):
            return
        await self._reply(message, request, context.bot)

    async def _reply(self, message: Message, request: Request, bot: Bot) -> None:
        to = adapters.recipient(message, bot, self._preferences)
        place, before = adapters.place(message), self._context(message, request, bot)
        # only a question outside of any conversation has the same answer as before
        repeatable = request.action is Action.ANSWER and before == NOTHING_BEFORE
        if repeatable and (answered := self._recently_answered(message, request)):
            link = message_link(message.chat_id, answered, message.chat.username)
            await self._sender.deliver(place, render(page("answered_above", to.language, link=link)))
            return
        place = self._with_notice(place, message, request, to)
        question = IncomingQuestion(place=place, request=request, to=to, asker=adapters.asker(message), before=before)
        sent = await self._replier.reply(question)
        if repeatable and sent:
            self._recent.add(message.chat_id, request.text, sent[0].message_id)

    def _context(self, message: Message, request: Request, bot: Bot) -> ConversationContext:
        """What a question continues; one that somebody else wrote, and that this message only points to, nothing."""
        if request.action is Action.ANSWER and request.text == replied_question(message, bot):
            return NOTHING_BEFORE
        replied, private = adapters.replied_message(message, bot), message.chat.type == ChatType.PRIVATE
        return context_of(adapters.place(message), replied, self._conversations, private=private)

    def _recently_answered(self, message: Message, request: Request) -> int | None:
        """The message that answered the same question in a group a moment ago; an edit gets an answer of its own."""
        if not adapters.is_group(message) or self._deliveries.answer_to(message.chat_id, message.message_id):
            return None
        return self._recent.find(message.chat_id, request.text)

    def _with_notice(self, place: Place, message: Message, request: Request, to: Recipient) -> Place:
        """The place, with a notice where Telegram's rate limit delays a group's next answers."""
        asks = request.action is Action.ANSWER and adapters.is_group(message)
        if not asks or (seconds := self._expected_wait(message.chat_id)) is None:
            return place
        return place.model_copy(update={"preface": line("delayed", to.language, seconds=seconds)})

    def _request(self, message: Message, bot: Bot) -> Request:
        trigger = self._preferences.of(message.chat_id).when
        request = request_of(message, bot, commands_only=trigger is AnswerTrigger.COMMANDED)
        if request == IGNORED or message.media_group_id is None:
            return request
        album = (message.chat_id, message.media_group_id)
        repeated = request.action is Action.ONLY_TEXT and album in self._albums
        self._albums.append(album)
        return IGNORED if repeated else request

    def _is_stale_edit(self, message: Message) -> bool:
        if message.edit_date is None or self._deliveries.answer_to(message.chat_id, message.message_id):
            return False
        return datetime.now(UTC) - message.date > WORTH_ANSWERING_AN_EDIT
