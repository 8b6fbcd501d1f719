"""Presses of buttons: each is answered at once, refused to others than who asked, and shows more below the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot.chat.features import AnyHandler, ChatServices, Feature
from bot.chat.incoming import adapters
from bot.chat.persistence.answers import AnswerStore, ShownAnswer, StoredAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.responses.answer_details import AnswerDetails
from bot.chat.types import Place
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.i18n import closest_language, line

log = logging.getLogger(__name__)

OnPress = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


def button_feature(services: ChatServices) -> Feature:
    """The buttons that show more of an answer; a button that this version does not have is answered too."""
    answers = AnswerStore(services.database)
    on_press = ButtonHandlers(services).on_press
    return Feature(
        handlers=(
            button_handler(on_press, ButtonAction.PASSAGE, ButtonAction.PROOF, ButtonAction.SOURCES),
            CallbackQueryHandler(on_unknown),
        ),
        updates=(Update.CALLBACK_QUERY,),
        forget=answers.forget,
        clean=answers.drop_before,
    )


def button_handler(on_press: OnPress, *actions: ButtonAction) -> AnyHandler:
    """A handler of presses of the buttons with these actions."""

    def accepts(data: object) -> bool:
        pressed = CallbackData.read(data) if isinstance(data, str) else None
        return pressed is not None and pressed.action in actions

    return CallbackQueryHandler(on_press, pattern=accepts)


@dataclass(frozen=True)
class ButtonPress:
    """A press by somebody who may press: what the button says, the answer it is about, and which message shows it."""

    query: CallbackQuery
    message: Message
    data: CallbackData
    answer: StoredAnswer
    shown: ShownAnswer

    @property
    def place(self) -> Place:
        """Where the result of the press goes: below the answer."""
        return adapters.place(self.message).model_copy(update={"question_id": self.shown.below_id})


class ButtonAccess:
    """Admits presses of buttons under stored answers by the people who asked for them."""

    def __init__(self, answers: AnswerStore) -> None:
        self._answers = answers

    async def admit(self, update: Update) -> ButtonPress | None:
        """The press, answered; None where there is nothing to do, which the person was notified of."""
        if press := await self.check(update):
            await reply(press.query)
        return press

    async def check(self, update: Update) -> ButtonPress | None:
        """The press, not answered yet; None where there is nothing to do, which the person was notified of."""
        if (query := update.callback_query) is None:
            return None
        language = closest_language(query.from_user.language_code)
        data = CallbackData.read(query.data or "")
        answer = self._answers.find(data.about) if data else None
        if data is None or answer is None or not isinstance(query.message, Message):
            await reply(query, line("forgotten", language))
            return None
        shown = self._shown(query.message, data)
        if shown.asker not in (None, query.from_user.id):
            await reply(query, line("not_yours", language))
            return None
        return ButtonPress(query, query.message, data, answer, shown)

    def _shown(self, message: Message, data: CallbackData) -> ShownAnswer:
        """Which message of an answer the result will be below, and who asked for that answer."""
        known = self._answers.shown(message.chat_id, message.message_id)
        replied = message.reply_to_message
        if data.below:
            root = known.below_id if known else replied.message_id if replied else message.message_id
            return ShownAnswer(answer=data.about, below_id=root, asker=known.asker if known else None)
        asker = known.asker if known else replied.from_user.id if replied and replied.from_user else None
        return ShownAnswer(answer=data.about, below_id=message.message_id, asker=asker)


class ButtonHandlers:
    """Handles the buttons that show more of an answer."""

    def __init__(self, services: ChatServices) -> None:
        self._details = AnswerDetails(services.service)
        self._answers = AnswerStore(services.database)
        self._access = ButtonAccess(self._answers)
        self._preferences = PreferenceStore(services.database)
        self._sender = services.sender
        self._worker = services.worker

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the press, then show what the button is for."""
        if (press := await self._access.admit(update)) is None:
            return
        to = adapters.presser(press.query, press.message, context.bot, self._preferences)
        parts = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._details.show, press.answer, press.data, to
        )
        sent = await self._sender.deliver(press.place, parts)
        self._answers.show(press.message.chat_id, [each.message_id for each in sent], press.shown)


async def reply(query: CallbackQuery, words: str | None = None, *, alert: bool = True, url: str | None = None) -> None:
    """Answer a press with words or by opening an address; one that is too old for Telegram is dropped."""
    try:
        await query.answer(words, show_alert=alert and words is not None, url=url)
    except TelegramError as error:
        log.info("A press could not be answered: %s", error)


async def on_unknown(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a press of a button that this version does not have."""
    if (query := update.callback_query) is not None:
        await reply(query, line("forgotten", closest_language(query.from_user.language_code)))
