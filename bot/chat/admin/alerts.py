"""The button with which a reader notifies the administrators of a question that has no answer."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from telegram import Bot, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import ButtonAccess, button_handler, reply
from bot.chat.incoming.adapters import presser
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.transport.keyboards import markup
from bot.chat.types import DEFAULT
from bot.chat.views.buttons import Button, ButtonAction
from bot.chat.views.deep_links import answer_link
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import render

log = logging.getLogger(__name__)

# alerts that one person may send within so many seconds, so that nobody floods the administrators' chats
MOST_ALERTS: Final = 5
WITHIN: Final = 3600.0
# alerts of all people that are remembered, so that a question is sent once
MOST_REMEMBERED: Final = 1_000


class SentAlert(NamedTuple):
    """When, by whom and about which answer the administrators were notified."""

    at: float
    person: int
    answer: str


def alert_feature(services: ChatServices) -> Feature:
    """Alerts about questions without an answer."""
    return Feature(
        handlers=(button_handler(EditorAlerts(services).on_press, ButtonAction.ALERT),),
        updates=(Update.CALLBACK_QUERY,),
    )


class EditorAlerts:
    """Handles the button; ``clock`` is monotonic, in seconds."""

    def __init__(self, services: ChatServices, clock: Callable[[], float] = time.monotonic) -> None:
        self._admins = sorted(services.settings.admins)
        self._access = ButtonAccess(AnswerStore(services.database))
        self._preferences = PreferenceStore(services.database)
        self._clock = clock
        self._sent: deque[SentAlert] = deque(maxlen=MOST_REMEMBERED)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Notify every administrator, once for each question, and confirm it to the person."""
        if (press := await self._access.check(update)) is None:
            return
        person, answer = press.query.from_user.id, press.answer
        to = presser(press.query, press.message, context.bot, self._preferences)
        if answer.id not in {alert.answer for alert in self._sent}:
            if self._is_too_much(person):
                await reply(press.query, line("alerted_enough", to.language))
                return
            self._sent.append(SentAlert(self._clock(), person, answer.id))
            for admin in self._admins:
                await self._notify(admin, answer, context.bot)
        await reply(press.query, line("alerted", to.language))

    def _is_too_much(self, person: int) -> bool:
        since = self._clock() - WITHIN
        return sum(alert.person == person and alert.at > since for alert in self._sent) >= MOST_ALERTS

    async def _notify(self, admin: int, answer: StoredAnswer, bot: Bot) -> None:
        language = self._preferences.of(admin).language or DEFAULT
        (part, *_) = render(page("alert", language, question=answer.self_contained, day=answer.day))
        button = Button(text=line("button_open", language), url=answer_link(answer.id).url(bot.username))
        try:
            await bot.send_message(admin, part.html, parse_mode=ParseMode.HTML, reply_markup=markup(((button,),)))
        except TelegramError as error:
            log.warning("Administrator %d could not be notified of a question: %s", admin, error)
