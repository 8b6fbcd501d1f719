"""A pressed button: answered at once, refused to others than who asked, and what it shows put below the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
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
from bot.chat.transport.sender import Sender
from bot.chat.types import Place
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.i18n import closest_language, line

log = logging.getLogger(__name__)

OnPress = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


def buttons(desk: ChatServices) -> Feature:
    """The buttons under answers; a button of another version is answered too."""
    answers = AnswerStore(desk.memory)
    presses = ButtonHandlers(
        AnswerDetails(desk.service), answers, PreferenceStore(desk.memory), desk.delivery, desk.worker
    )
    return Feature(
        handlers=(
            button_handler(presses.on_press, ButtonAction.PASSAGE, ButtonAction.PROOF, ButtonAction.SOURCES),
            CallbackQueryHandler(on_unknown),
        ),
        updates=(Update.CALLBACK_QUERY,),
        forget=answers.forget,
        clean=answers.drop_before,
    )


def button_handler(on_press: OnPress, *actions: ButtonAction) -> AnyHandler:
    """A handler of presses of the buttons with these actions."""

    def is_for_us(data: object) -> bool:
        press = CallbackData.read(data) if isinstance(data, str) else None
        return press is not None and press.action in actions

    return CallbackQueryHandler(on_press, pattern=is_for_us)


@dataclass(frozen=True)
class ButtonPress:
    """A press of somebody who may press: what it says, the answer it is about, and whose message shows that."""

    query: CallbackQuery
    message: Message
    press: CallbackData
    answered: StoredAnswer
    shown: ShownAnswer

    @property
    def place(self) -> Place:
        """Where what it calls for goes: below the answer."""
        return adapters.place(self.message).model_copy(update={"question_id": self.shown.below_id})


class ButtonAccess:
    """Answers presses at once, and lets those in whose answer is remembered and who asked for it."""

    def __init__(self, answers: AnswerStore) -> None:
        self._answers = answers

    async def admit(self, update: Update) -> ButtonPress | None:
        """The press, answered; None where there is nothing to do, which the person has been told."""
        if pressed := await self.look(update):
            await reply(pressed.query)
        return pressed

    async def look(self, update: Update) -> ButtonPress | None:
        """The press, to be answered yet; None where there is nothing to do, which the person has been told."""
        if (query := update.callback_query) is None:
            return None
        language = closest_language(query.from_user.language_code)
        press = CallbackData.read(query.data or "")
        answered = self._answers.find(press.about) if press else None
        if press is None or answered is None or not isinstance(query.message, Message):
            await reply(query, line("forgotten", language))
            return None
        shown = self._shown(query.message, press)
        if shown.asker not in (None, query.from_user.id):
            await reply(query, line("not_yours", language))
            return None
        return ButtonPress(query, query.message, press, answered, shown)

    def _shown(self, message: Message, press: CallbackData) -> ShownAnswer:
        """Which answer's message stands above what is going to be shown, and who asked."""
        known = self._answers.shown(message.chat_id, message.message_id)
        above = message.reply_to_message
        asker = known.asker if known else above.from_user.id if above and above.from_user and not press.below else None
        root = message.message_id
        if press.below:
            root = known.below_id if known else above.message_id if above else root
        return ShownAnswer(answer=press.about, below_id=root, asker=asker)


class ButtonHandlers:
    """Handles the buttons that show more of an answer."""

    def __init__(
        self, showing: AnswerDetails, answers: AnswerStore, chats: PreferenceStore, delivery: Sender, worker: Executor
    ) -> None:
        self._showing = showing
        self._answers = answers
        self._admission = ButtonAccess(answers)
        self._chats = chats
        self._delivery = delivery
        self._worker = worker

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the press, then show what it calls for."""
        if (pressed := await self._admission.admit(update)) is None:
            return
        message, work = pressed.message, asyncio.get_running_loop().run_in_executor
        to = self._chats.of(message.chat_id).suit(adapters.presser(pressed.query, message, context.bot))
        parts = await work(self._worker, self._showing.parts, pressed.answered, pressed.press, to)
        sent = await self._delivery.deliver(pressed.place, parts)
        self._answers.show(message.chat_id, [each.message_id for each in sent], pressed.shown)


async def reply(query: CallbackQuery, words: str | None = None, *, alert: bool = True, url: str | None = None) -> None:
    """Answer a press with words or by opening an address; one that is too old for Telegram is let go."""
    try:
        await query.answer(words, show_alert=alert and words is not None, url=url)
    except TelegramError as error:
        log.info("A press could not be answered: %s", error)


async def on_unknown(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a press of a button that this version does not have."""
    if (query := update.callback_query) is not None:
        await reply(query, line("forgotten", closest_language(query.from_user.language_code)))
