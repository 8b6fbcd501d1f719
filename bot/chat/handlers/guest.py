"""Guest mode: the bot is called in a chat where it is no member, and may say one thing there."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor
from typing import Final

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.inline import article
from bot.chat.incoming.adapters import listener
from bot.chat.incoming.filters import heard_in
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.responses.inline_results import InlineResult, finished
from bot.chat.responses.responder import Responder
from bot.chat.types import Recipient

log = logging.getLogger(__name__)

# what needs a chat of one's own; a guest is told instead how to ask
NOT_FOR_GUESTS: Final = frozenset({Action.SETTINGS, Action.PRIVACY, Action.FORGET})


def guest(desk: ChatServices) -> Feature:
    """Messages that call the bot where it is a guest."""
    answers = AnswerStore(desk.memory)
    called = GuestHandlers(Responder(desk.service, desk.memory), answers, desk.worker)
    handler = MessageHandler(filters.UpdateType.GUEST_MESSAGE, called.on_call)
    return Feature(handlers=(handler,), updates=(Update.GUEST_MESSAGE,))


class GuestHandlers:
    """Handles calls in chats where the bot is no member."""

    def __init__(self, speaker: Responder, answers: AnswerStore, worker: Executor) -> None:
        self._speaker = speaker
        self._answers = answers
        self._worker = worker

    async def on_call(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer in one message, with a way to the chat with the bot; a call that became too old is let go."""
        message = update.guest_message
        if message is None or message.guest_query_id is None:
            return
        heard = heard_in(message, context.bot)
        if heard.action is Action.IGNORE:
            return
        if heard.action in NOT_FOR_GUESTS:
            heard = Request(action=Action.HELP)
        to = listener(message, context.bot)
        offer = await asyncio.get_running_loop().run_in_executor(self._worker, self._offer, heard, to)
        try:
            await context.bot.answer_guest_query(message.guest_query_id, article(offer))
        except BadRequest as error:
            log.info("A call as a guest could not be answered: %s", error)

    def _offer(self, heard: Request, to: Recipient) -> InlineResult:
        spoken = self._speaker.speak(heard, to)
        if spoken.answered is not None:
            self._answers.keep(spoken.answered)
        return finished(spoken, to)
