"""Guest mode: the bot is called in a chat where it is no member, and may send one message there."""

from __future__ import annotations

import asyncio
import logging

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.inline import inline_article
from bot.chat.incoming.adapters import recipient
from bot.chat.incoming.filters import request_of
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.responses.inline_results import InlineResult, as_inline_result
from bot.chat.responses.responder import Responder
from bot.chat.types import Recipient

log = logging.getLogger(__name__)


def guest_feature(services: ChatServices) -> Feature:
    """Messages that call the bot where it is a guest."""
    handler = MessageHandler(filters.UpdateType.GUEST_MESSAGE, GuestHandler(services).on_call)
    return Feature(handlers=(handler,), updates=(Update.GUEST_MESSAGE,))


class GuestHandler:
    """Handles calls in chats where the bot is no member."""

    def __init__(self, services: ChatServices) -> None:
        self._responder = Responder(services.service, services.database)
        self._answers = AnswerStore(services.database)
        self._worker = services.worker

    async def on_call(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer in one message, with a button to the chat with the bot; a call that became too old is dropped."""
        message = update.guest_message
        if message is None or message.guest_query_id is None:
            return
        request = request_of(message, context.bot)
        if request.action is Action.IGNORE:
            return
        if not self._responder.responds_to(request.action):
            request = Request(action=Action.HELP)  # what else there is needs a chat of one's own with the bot
        to = recipient(message, context.bot)
        result = await asyncio.get_running_loop().run_in_executor(self._worker, self._result, request, to)
        try:
            await context.bot.answer_guest_query(message.guest_query_id, inline_article(result))
        except BadRequest as error:
            log.info("A call as a guest could not be answered: %s", error)

    def _result(self, request: Request, to: Recipient) -> InlineResult:
        response = self._responder.respond(request, to)
        if response.answer is not None:
            self._answers.keep(response.answer)
        return as_inline_result(response, to)
