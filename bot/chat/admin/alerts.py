"""The button under a silence that tells the administrators that somebody wants the question answered."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from telegram import Bot, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, ContextTypes

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import ButtonAccess, reply
from bot.chat.incoming.adapters import presser
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.transport.keyboards import markup
from bot.chat.types import DEFAULT
from bot.chat.views.buttons import Button
from bot.chat.views.deep_links import to_answer
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import render

log = logging.getLogger(__name__)

TELLING: Final = r"^e\."
# questions that one person may have told within so many seconds
MOST_TOLD: Final = 5
WITHIN: Final = 3600.0
MOST_REMEMBERED: Final = 1_000


def telling(desk: ChatServices) -> Feature:
    """Questions told to the administrators."""
    return Feature(
        handlers=(CallbackQueryHandler(EditorAlerts(desk).on_press, pattern=TELLING),),
        updates=(Update.CALLBACK_QUERY,),
    )


class EditorAlerts:
    """Handles the button; ``clock`` gives seconds that never run backwards."""

    def __init__(self, desk: ChatServices, clock: Callable[[], float] = time.monotonic) -> None:
        self._admins = sorted(desk.settings.admins)
        self._admission = ButtonAccess(AnswerStore(desk.memory))
        self._chats = PreferenceStore(desk.memory)
        self._clock = clock
        self._told: deque[tuple[float, int, str]] = deque(maxlen=MOST_REMEMBERED)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell every administrator, each question once, and the person that it was done."""
        if (pressed := await self._admission.look(update)) is None:
            return
        query, answered = pressed.query, pressed.answered
        to = self._chats.of(pressed.message.chat_id).suit(presser(query, pressed.message, context.bot))
        if answered.id not in {told for _, _, told in self._told}:
            if self._is_too_much(query.from_user.id):
                await reply(query, line("told_enough", to.language))
                return
            self._told.append((self._clock(), query.from_user.id, answered.id))
            for admin in self._admins:
                await self._tell(admin, answered, context.bot)
        await reply(query, line("told", to.language))

    def _is_too_much(self, person: int) -> bool:
        since = self._clock() - WITHIN
        return sum(who == person and at > since for at, who, _ in self._told) >= MOST_TOLD

    async def _tell(self, admin: int, answered: StoredAnswer, bot: Bot) -> None:
        language = self._chats.of(admin).language or DEFAULT
        (part, *_) = render(page("wanted", language, question=answered.self_contained, day=answered.day))
        opened = Button(text=line("button_open", language), url=to_answer(answered.id).url(bot.username))
        try:
            await bot.send_message(admin, part.html, parse_mode=ParseMode.HTML, reply_markup=markup(((opened,),)))
        except TelegramError as error:
            log.warning("Administrator %d could not be told of a question: %s", admin, error)
