"""From what Telegram hands over to the updates that are worked on: written down first, known ones left out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.update_log import Json, UpdateLog
from retrieval.errors import StoreError

log = logging.getLogger(__name__)

# updates in work at which no more are taken from Telegram, and seconds between two tries of what was postponed
MOST_IN_WORK = 1000
BETWEEN_TRIES = 30.0


@dataclass(frozen=True)
class TransportReports:
    """Whom to tell that Telegram was heard, and that it, or the disk, failed."""

    heard: Callable[[], None]
    failed: Callable[[TelegramError | StoreError], None]


class UpdateQueue:
    """Puts updates into the queue that the library's application works off; ``clock`` never runs backwards."""

    def __init__(
        self,
        bot: Bot,
        journal: UpdateLog,
        queue: asyncio.Queue[object],
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._journal = journal
        self._queue = queue
        self._metrics = metrics
        self._clock = clock
        self._tried = clock()
        self._in_work: dict[int, float] = {}
        self._room = asyncio.Condition()

    @property
    def in_work(self) -> int:
        """How many updates are being worked on or wait for it."""
        return len(self._in_work)

    async def resume(self) -> None:
        """Work on what was open when the bot last ended."""
        open_ones = await asyncio.to_thread(self._journal.resume)
        if open_ones:
            log.info("Resuming %d updates that were open when the bot ended", len(open_ones))
        self._put(open_ones)

    async def receive(self, updates: Sequence[Json]) -> None:
        """Take updates from Telegram; once this returns, Telegram may forget them.

        Raises StoreError where they could not be written down.
        """
        if updates:
            new = await asyncio.to_thread(self._journal.accept, updates)
            for update in new:
                self._metrics.updates.labels(_kind(update)).inc()
            self._put(new)

    async def try_again(self) -> None:
        """Work on what was postponed; to be called when Telegram was reached."""
        if self._clock() - self._tried >= BETWEEN_TRIES:
            self._tried = self._clock()
            self._put(self._journal.postponed())

    async def room(self) -> None:
        """Wait until few enough updates are in work."""
        async with self._room:
            await self._room.wait_for(lambda: self.in_work < MOST_IN_WORK)

    async def finish(self, update: object) -> None:
        """An update is done with, or postponed."""
        if isinstance(update, Update):
            self._journal.finish(update.update_id)
            if (began := self._in_work.pop(update.update_id, None)) is not None:
                self._metrics.handling.observe(self._clock() - began)
            async with self._room:
                self._room.notify_all()

    def _put(self, updates: Sequence[Json]) -> None:
        for raw in updates:
            if update := self._read(raw):
                self._in_work[update.update_id] = self._clock()
                self._queue.put_nowait(update)

    def _read(self, raw: Json) -> Update | None:
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception:
            log.exception("Update %s is of a form that is not known; it is left alone", raw["update_id"])
            self._journal.finish(raw["update_id"])
            return None


def _kind(update: Json) -> str:
    return next((name for name in update if name != "update_id"), "none")
