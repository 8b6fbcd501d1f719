"""The dispatcher: many chats at once, each chat in the order of its messages."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.chat.telemetry.log_config import NO_REQUEST, about
from bot.chat.transport.rate_limiter import RateLimiter

# updates in work at the same time: most of them wait for Telegram
AT_ONCE: Final = 500
# updates that may wait: PTB counts waiting ones as being processed, and ``UpdateQueue`` keeps them far below this
WAITING: Final = 100_000
# seconds: a wait shorter than this is not announced, and a group gets no second notice sooner
LEAST_WAIT: Final = 5.0
BETWEEN_NOTICES: Final = 60.0

Finish = Callable[[object], Coroutine[Any, Any, None]]


async def _ignore(update: object) -> None:
    """Do nothing at the end of an update."""


class PerChatUpdateProcessor(BaseUpdateProcessor):
    """Processes updates of different chats side by side and those of one chat one after the other.

    ``finish`` is called after each update; one that has not begun when the bot is ``stopping`` is left for the next
    start, and not finished.
    """

    def __init__(self, finish: Finish = _ignore, stopping: asyncio.Event | None = None) -> None:
        super().__init__(WAITING)
        self._finish = finish
        self._stopping = stopping or asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pending: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then for a free slot: a busy chat takes one slot, never all."""
        with self._counted(_chat_of(update)):
            await self._in_turn(update, coroutine)

    def waiting(self, chat_id: int) -> int:
        """How many updates of a chat wait for the one that is being processed."""
        return max(0, self._pending[chat_id] - 1)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._lock_of(_chat_of(update)), self._slots:
            if self._stopping.is_set():
                _discard(coroutine)
                return
            with about(update.update_id if isinstance(update, Update) else NO_REQUEST):
                await coroutine
                await self._finish(update)

    async def initialize(self) -> None:
        """Nothing has to be prepared."""

    async def shutdown(self) -> None:
        """Nothing has to be released."""

    @contextmanager
    def _counted(self, chat_id: int) -> Iterator[None]:
        self._pending[chat_id] += 1
        try:
            yield
        finally:
            self._pending[chat_id] -= 1
            if not self._pending[chat_id]:
                del self._pending[chat_id]

    def _lock_of(self, chat_id: int) -> asyncio.Lock:
        """The lock of a chat; it is forgotten when nobody waits for it."""
        lock = self._locks.get(chat_id)
        if lock is None:
            self._locks[chat_id] = lock = asyncio.Lock()
        return lock


def _discard(coroutine: Awaitable[Any]) -> None:
    if isinstance(coroutine, Coroutine):
        coroutine.close()


def _chat_of(update: object) -> int:
    if isinstance(update, Update):
        for owner in (update.effective_chat, update.effective_user):
            if owner is not None:
                return owner.id
    return 0


class BackpressureNotice:
    """Decides when a group is shown that its answers begin to wait; ``clock`` is monotonic, in seconds."""

    def __init__(
        self, rate_limiter: RateLimiter, processor: PerChatUpdateProcessor, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate_limiter = rate_limiter
        self._processor = processor
        self._clock = clock
        self._notified: dict[int, float] = {}

    def seconds_to_announce(self, chat_id: int) -> int | None:
        """Seconds that the answer after the next one has to wait, where an update waits for it; once a minute."""
        now = self._clock()
        self._notified = {chat: then for chat, then in self._notified.items() if now - then < BETWEEN_NOTICES}
        seconds = self._rate_limiter.delay_after_next(chat_id)
        if chat_id in self._notified or seconds < LEAST_WAIT or not self._processor.waiting(chat_id):
            return None
        self._notified[chat_id] = now
        return round(seconds)
