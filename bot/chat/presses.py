"""A pressed button: answered at once, refused to others than who asked, and what it shows put below the answer."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot.chat import facts
from bot.chat.answers import Answers, Shown
from bot.chat.buttons import Press
from bot.chat.catalogue import closest_language, line
from bot.chat.delivery import Delivery
from bot.chat.desk import Desk, Feature
from bot.chat.preferences import Chats
from bot.chat.showing import Showing

log = logging.getLogger(__name__)

SHOWING: Final = r"^[wps]\."


def buttons(desk: Desk) -> Feature:
    """The buttons under answers; a button of another version is answered too."""
    answers = Answers(desk.memory)
    presses = Presses(Showing(desk.service), answers, Chats(desk.memory), desk.delivery, desk.worker)
    return Feature(
        handlers=(CallbackQueryHandler(presses.on_press, pattern=SHOWING), CallbackQueryHandler(on_unknown)),
        updates=(Update.CALLBACK_QUERY,),
        forget=answers.forget,
        clean=answers.drop_before,
    )


class Presses:
    """Handles the buttons that show more of an answer."""

    def __init__(self, showing: Showing, answers: Answers, chats: Chats, delivery: Delivery, worker: Executor) -> None:
        self._showing = showing
        self._answers = answers
        self._chats = chats
        self._delivery = delivery
        self._worker = worker

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the press, then show what it calls for."""
        query = update.callback_query
        if query is None:
            return
        language = closest_language(query.from_user.language_code)
        press = Press.read(query.data or "")
        answered = self._answers.find(press.about) if press else None
        if press is None or answered is None or not isinstance(query.message, Message):
            await reply(query, line("forgotten", language))
            return
        shown = self._shown(query.message, press)
        if shown.asker not in (None, query.from_user.id):
            await reply(query, line("not_yours", language))
            return
        await reply(query)
        to = self._chats.of(query.message.chat_id).suit(facts.presser(query, query.message, context.bot))
        parts = await asyncio.get_running_loop().run_in_executor(self._worker, self._showing.parts, answered, press, to)
        place = facts.place(query.message).model_copy(update={"question_id": shown.below_id})
        sent = await self._delivery.deliver(place, parts)
        self._answers.show(query.message.chat_id, [each.message_id for each in sent], shown)

    def _shown(self, message: Message, press: Press) -> Shown:
        """Which answer's message stands above what is going to be shown, and who asked."""
        known = self._answers.shown(message.chat_id, message.message_id)
        above = message.reply_to_message
        asker = known.asker if known else above.from_user.id if above and above.from_user and not press.below else None
        root = message.message_id
        if press.below:
            root = known.below_id if known else above.message_id if above else root
        return Shown(answer=press.about, below_id=root, asker=asker)


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
