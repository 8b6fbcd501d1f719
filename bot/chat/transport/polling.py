"""Long polling for updates, for as long as the bot runs (https://core.telegram.org/bots/api#getupdates)."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Final, cast
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.chat.transport.cancellation import pause, unless
from bot.chat.transport.http_client import HttpClient
from bot.chat.transport.update_log import Json
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from retrieval.errors import StoreError

log = logging.getLogger(__name__)

# seconds that Telegram may keep a request open, and that its response may take beyond that
POLL_SECONDS: int = 30
RESPONSE_SECONDS: float = 10.0
# seconds after updates came until the next are asked for: those of a busy time come several at once
BETWEEN: Final = 0.1
# seconds between attempts while Telegram cannot be reached
DELAYS: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
# updates in one response: the most that Telegram gives
MOST_AT_ONCE: Final = 100
# what Telegram's error says where updates go to a webhook
WEBHOOK_IS_SET: Final = "webhook is active"


class Poller:
    """Polls over a connection of its own until the bot stops; after a failure it tries again."""

    def __init__(self, bot: Bot, queue: UpdateQueue, kinds: Sequence[str], reports: TransportReports) -> None:
        self._bot = bot
        self._queue = queue
        self._kinds = kinds
        self._reports = reports
        self._client = HttpClient(1, RESPONSE_SECONDS)
        self._offset = 0

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until ``stopping``, then confirm what has arrived. Raises InvalidToken when the token is withdrawn."""
        await self._client.initialize()
        try:
            await self._poll_until(stopping)
            await self._confirm()
        finally:
            await self._client.shutdown()

    async def _poll_until(self, stopping: asyncio.Event) -> None:
        failures = 0
        while not stopping.is_set():
            try:
                await self._poll(stopping)
                failures = 0
            except InvalidToken:
                raise
            except (TelegramError, StoreError) as error:
                self._reports.failure(error)
                await self._clear_webhook(error)
                await pause(stopping, _delay(error, failures))
                failures += 1

    async def _poll(self, stopping: asyncio.Event) -> None:
        await unless(stopping, self._queue.wait_for_capacity())
        updates = await unless(stopping, self._get_updates(POLL_SECONDS))
        if updates is None:
            return
        self._reports.contact()
        await self._queue.receive(updates)
        if updates:
            self._offset = max(int(update["update_id"]) for update in updates) + 1
        await self._queue.retry_postponed()
        if updates:
            await pause(stopping, BETWEEN)

    async def _get_updates(self, seconds: int, most: int = MOST_AT_ONCE) -> list[Json]:
        """The updates from the offset on; those before it are forgotten by Telegram."""
        parameters = {"timeout": seconds, "limit": most, "allowed_updates": json.dumps(list(self._kinds))}
        if self._offset:
            parameters["offset"] = self._offset
        address = f"{self._bot.base_url}/getUpdates?{urlencode(parameters)}"
        try:
            async with asyncio.timeout(seconds + 2 * RESPONSE_SECONDS):
                return cast(list[Json], await self._client.post(address, read_timeout=seconds + RESPONSE_SECONDS))
        except TimeoutError:
            raise TimedOut("the request for updates hung") from None

    async def _confirm(self) -> None:
        if not self._offset:
            return
        try:
            await self._get_updates(0, 1)
        except TelegramError as error:
            log.info("The last updates could not be confirmed, Telegram will send them once more: %s", error)

    async def _clear_webhook(self, error: Exception) -> None:
        """Take away a webhook that somebody set in the meantime: no updates come to a poll then."""
        if isinstance(error, Conflict) and WEBHOOK_IS_SET in error.message:
            try:
                await self._bot.delete_webhook()
            except TelegramError as refused:
                self._reports.failure(refused)


def _delay(error: Exception, failures: int) -> float:
    """Seconds until the next poll: what Telegram says, none after a first time-out, else longer each time."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        return seconds if isinstance(seconds, int) else seconds.total_seconds()
    if isinstance(error, TimedOut) and not failures:
        return 0.0
    return DELAYS[min(failures, len(DELAYS) - 1)]
