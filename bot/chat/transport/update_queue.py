"""From what Telegram hands over to the updates in work: written to the log first, known ones left out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.update_log import Json, UpdateLog
from retrieval.errors import StoreError

log = logging.getLogger(__name__)

# updates in work at which no more are taken: half a minute's answers at Telegram's 30 a second
MOST_IN_WORK: Final = 1000
# seconds between two tries of what was postponed
RETRY_SECONDS: Final = 30.0


@dataclass(frozen=True)
class TransportReports:
    """What is called when Telegram responds, and when it, or the disk, fails."""

    contact: Callable[[], None]
    failure: Callable[[TelegramError | StoreError], None]


class UpdateQueue:
    """Puts updates into the queue that PTB's application works off; ``clock`` is monotonic, in seconds."""

    def __init__(
        self,
        bot: Bot,
        update_log: UpdateLog,
        queue: asyncio.Queue[object],
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._update_log = update_log
        self._queue = queue
        self._metrics = metrics
        self._clock = clock
        self._retried = clock()
        self._in_work: dict[int, float] = {}
        self._capacity = asyncio.Condition()

    @property
    def in_work(self) -> int:
        """How many updates are being worked on or wait for it."""
        return len(self._in_work)

    async def resume(self) -> None:
        """Work on what was open when the bot last ended."""
        open_updates = await asyncio.to_thread(self._update_log.resume)
        if open_updates:
            log.info("Resuming %d updates that were open when the bot ended", len(open_updates))
        self._put(open_updates)

    async def receive(self, updates: Sequence[Json]) -> None:
        """Take updates from Telegram; once this returns, Telegram may forget them.

        Raises StoreError where they could not be written down.
        """
        if updates:
            new = await asyncio.to_thread(self._update_log.accept, updates)
            for update in new:
                self._metrics.updates.labels(_kind(update)).inc()
            self._put(new)

    async def retry_postponed(self) -> None:
        """Work on what was postponed, at most each RETRY_SECONDS; to be called when Telegram responds."""
        if self._clock() - self._retried >= RETRY_SECONDS:
            self._retried = self._clock()
            self._put(self._update_log.take_postponed())

    async def wait_for_capacity(self) -> None:
        """Wait until fewer than MOST_IN_WORK updates are in work."""
        async with self._capacity:
            await self._capacity.wait_for(lambda: self.in_work < MOST_IN_WORK)

    async def finish(self, update: object) -> None:
        """Note that an update is done, or postponed."""
        if isinstance(update, Update):
            self._update_log.finish(update.update_id)
            if (began := self._in_work.pop(update.update_id, None)) is not None:
                self._metrics.handling.observe(self._clock() - began)
            async with self._capacity:
                self._capacity.notify_all()

    def _put(self, updates: Sequence[Json]) -> None:
        for raw in updates:
            if update := self._read(raw):
                self._in_work[update.update_id] = self._clock()
                self._queue.put_nowait(update)

    def _read(self, raw: Json) -> Update | None:
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception:
            log.exception("Update %s is of a form that is not known; it is ignored", raw["update_id"])
            self._update_log.finish(raw["update_id"])
            return None


def _kind(update: Json) -> str:
    return next((name for name in update if name != "update_id"), "none")
