"""Many chats at once, each chat in the order of its messages."""

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
AT_ONCE = 500
# updates that may wait; the library counts waiting ones as being processed
WAITING = 100_000


Finish = Callable[[object], Coroutine[Any, Any, None]]


async def _nothing(update: object) -> None:
    """What to do at the end of an update where nobody wants to know."""


class PerChatUpdateProcessor(BaseUpdateProcessor):
    """Processes updates of different chats side by side and those of one chat one after the other.

    ``finish`` is called after each update; one that has not begun when the bot is ``stopping`` is left for the next
    start, and not finished.
    """

    def __init__(self, finish: Finish = _nothing, stopping: asyncio.Event | None = None) -> None:
        super().__init__(WAITING)
        self._finish = finish
        self._stopping = stopping or asyncio.Event()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._present: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then for a free slot: a busy chat takes one slot, never all."""
        with self._counted(_chat_of(update)):
            await self._in_turn(update, coroutine)

    def waiting(self, chat_id: int) -> int:
        """How many updates of a chat wait for the one that is being processed."""
        return max(0, self._present[chat_id] - 1)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._lane(update), self._slots:
            if self._stopping.is_set():
                _leave(coroutine)
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
        self._present[chat_id] += 1
        try:
            yield
        finally:
            self._present[chat_id] -= 1
            if not self._present[chat_id]:
                del self._present[chat_id]

    def _lane(self, update: object) -> asyncio.Lock:
        lane = self._lanes.get(number := _chat_of(update))
        if lane is None:
            self._lanes[number] = lane = asyncio.Lock()
        return lane


def _leave(coroutine: Awaitable[Any]) -> None:
    if isinstance(coroutine, Coroutine):
        coroutine.close()


def _chat_of(update: object) -> int:
    if isinstance(update, Update):
        for owner in (update.effective_chat, update.effective_user):
            if owner is not None:
                return owner.id
    return 0


# seconds of waiting worth a word, and between two words in a group
WORTH_A_WORD: Final = 5.0


QUIET: Final = 60.0


class BackpressureNotice:
    """Knows when a group's answers begin to wait; ``clock`` gives seconds that never run backwards."""

    def __init__(
        self, pace: RateLimiter, lanes: PerChatUpdateProcessor, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pace = pace
        self._lanes = lanes
        self._clock = clock
        self._told: dict[int, float] = {}

    def pause(self, chat_id: int) -> int | None:
        """Seconds that the answer after the next one has to wait where somebody waits for it; said once a minute."""
        now = self._clock()
        self._told = {chat: then for chat, then in self._told.items() if now - then < QUIET}
        seconds = self._pace.pause_after_next(chat_id)
        if chat_id in self._told or seconds < WORTH_A_WORD or not self._lanes.waiting(chat_id):
            return None
        self._told[chat_id] = now
        return round(seconds)
