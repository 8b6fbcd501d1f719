"""Asking Telegram for updates, for as long as the bot runs (https://core.telegram.org/bots/api#getupdates)."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.chat.transport.cancellation import pause, unless
from bot.chat.transport.http_client import HttpClient
from bot.chat.transport.update_log import Json
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from retrieval.errors import StoreError

log = logging.getLogger(__name__)

# seconds that Telegram may keep a request open, and that it may then take to answer
POLL_SECONDS = 30
SLACK = 10.0
# seconds after updates came until the next are asked for: those of a busy time come several at once
BETWEEN = 0.1
# seconds between attempts while Telegram cannot be reached
DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
MOST_AT_ONCE = 100
WEBHOOK_IS_SET = "webhook is active"


class Poller:
    """Polls until the bot stops, over a line of its own; after a failure it tries again."""

    def __init__(self, bot: Bot, intake: UpdateQueue, kinds: Sequence[str], reports: TransportReports) -> None:
        self._bot = bot
        self._intake = intake
        self._kinds = kinds
        self._reports = reports
        self._line = HttpClient(1, SLACK)
        self._offset = 0

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until ``stopping``, then tell Telegram what has arrived. Raises InvalidToken when it is withdrawn."""
        await self._line.initialize()
        try:
            await self._poll_until(stopping)
            await self._confirm()
        finally:
            await self._line.shutdown()

    async def _poll_until(self, stopping: asyncio.Event) -> None:
        failures = 0
        while not stopping.is_set():
            try:
                await self._turn(stopping)
                failures = 0
            except InvalidToken:
                raise
            except (TelegramError, StoreError) as error:
                self._reports.failed(error)
                await self._clear_webhook(error)
                await pause(stopping, _delay(error, failures))
                failures += 1

    async def _turn(self, stopping: asyncio.Event) -> None:
        await unless(stopping, self._intake.room())
        updates = await unless(stopping, self._ask(POLL_SECONDS))
        if updates is None:
            return
        self._reports.heard()
        await self._intake.receive(updates)
        if updates:
            self._offset = max(int(update["update_id"]) for update in updates) + 1
        await self._intake.try_again()
        if updates:
            await pause(stopping, BETWEEN)

    async def _ask(self, seconds: int, most: int = MOST_AT_ONCE) -> list[Json]:
        """The updates from the offset on; those before it are forgotten by Telegram."""
        wanted = {"timeout": seconds, "limit": most, "allowed_updates": json.dumps(list(self._kinds))}
        if self._offset:
            wanted["offset"] = self._offset
        address = f"{self._bot.base_url}/getUpdates?{urlencode(wanted)}"
        try:
            async with asyncio.timeout(seconds + 2 * SLACK):
                return cast(list[Json], await self._line.post(address, read_timeout=seconds + SLACK))
        except TimeoutError:
            raise TimedOut("the request for updates hung") from None

    async def _confirm(self) -> None:
        if not self._offset:
            return
        try:
            await self._ask(0, 1)
        except TelegramError as error:
            log.info("Telegram was not told which updates arrived last, they will come once more: %s", error)

    async def _clear_webhook(self, error: Exception) -> None:
        """Take away a webhook that somebody set in the meantime: no updates come to a poll then."""
        if isinstance(error, Conflict) and WEBHOOK_IS_SET in error.message:
            try:
                await self._bot.delete_webhook()
            except TelegramError as refused:
                self._reports.failed(refused)


def _delay(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        waiting = error.retry_after
        return waiting if isinstance(waiting, int) else waiting.total_seconds()
    if isinstance(error, TimedOut) and not failures:
        return 0.0
    return DELAYS[min(failures, len(DELAYS) - 1)]
