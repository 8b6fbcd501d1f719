"""Error handler: log, apologise once without a trace, and alert the administrators."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.chat.incoming.adapters import place
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.sender import Sender
from bot.chat.transport.update_log import UpdateLog
from bot.chat.views import pages
from bot.chat.views.i18n import line
from bot.chat.views.renderer import render
from retrieval.errors import StoreError

log = logging.getLogger(__name__)
Key = TypeVar("Key")

# seconds between two apologies in a chat, and between two log lines that say the same
QUIET: Final = 60.0


class ErrorHandler:
    """Handles what PTB's application and the transport report; ``clock`` is monotonic, in seconds."""

    def __init__(
        self,
        sender: Sender,
        update_log: UpdateLog,
        metrics: Metrics,
        admins: Collection[int] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sender = sender
        self._update_log = update_log
        self._metrics = metrics
        self._admins = admins
        self._clock = clock
        self._apologised: dict[int, float] = {}
        self._reported: dict[str, float] = {}

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log what failed; where only the connection failed, the update is tried again later.

        An apology is sent where the failure is ours: what Telegram refuses, it would refuse again.
        """
        error = context.error
        number = update.update_id if isinstance(update, Update) else None
        self._metrics.failures.labels(type(error).__name__).inc()
        if number is not None and _passes(error):
            log.warning("Update %d cannot be answered now and waits: %s", number, error)
            self._update_log.postpone(number)
        elif isinstance(error, Forbidden):
            log.info("Update %s cannot be answered: %s", number, error)
        elif isinstance(error, TelegramError):
            log.error("Update %s could not be answered: %s", number, error)
        else:
            log.error("Update %s could not be answered", number, exc_info=error)
            await self._apologise(update)
            await self._alert_administrators(context.bot, number, type(error).__name__)

    def on_polling_error(self, error: TelegramError | StoreError) -> None:
        """Log that no updates can be taken; it is tried again."""
        if isinstance(error, StoreError):
            self._warn(f"Updates cannot be written down, so none are taken: {error}")
        elif isinstance(error, Conflict):
            self._warn(
                "Another process uses this bot's token. Telegram gives updates to one of them only; end the other one."
            )
        else:
            self._warn(f"Telegram cannot be reached, trying again: {error}")

    async def _apologise(self, update: object) -> None:
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or not _is_due(self._apologised, message.chat_id, self._clock()):
            return
        try:
            await self._sender.deliver(place(message), render(pages.apology()))
        except TelegramError as error:
            log.error("The apology could not be sent either: %s", error)

    async def _alert_administrators(self, bot: Bot, number: int | None, kind: str) -> None:
        """Say which update failed by what, at most once a minute, and nothing of what was asked."""
        if not self._admins or not _is_due(self._reported, "administrators", self._clock()):
            return
        for admin in sorted(self._admins):
            try:
                await bot.send_message(admin, line("failed", number=number, kind=kind))
            except TelegramError as error:
                log.info("Administrator %d could not be alerted: %s", admin, error)

    def _warn(self, sentence: str) -> None:
        if _is_due(self._reported, sentence, self._clock()):
            log.warning(sentence)


def _passes(error: Exception | None) -> bool:
    """Whether the same may succeed later."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


def _is_due(times: dict[Key, float], key: Key, now: float) -> bool:
    """Whether the last time for a key is long enough ago; if so, now becomes the last time."""
    for old in [each for each, then in times.items() if now - then >= QUIET]:
        del times[old]
    if key in times:
        return False
    times[key] = now
    return True
