"""Many chats at once, each chat in the order of its messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
# updates that may wait; the library counts waiting ones as being processed
WAITING = 100_000


class PerChat(BaseUpdateProcessor):
    """Processes updates of different chats side by side and those of one chat one after the other."""

    def __init__(self) -> None:
        super().__init__(WAITING)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then for a free slot: a busy chat takes one slot, never all."""
        async with self._lane(update), self._slots:
            await coroutine

    async def initialize(self) -> None:
        """Nothing has to be prepared."""

    async def shutdown(self) -> None:
        """Nothing has to be released."""

    def _lane(self, update: object) -> asyncio.Lock:
        lane = self._lanes.get(number := _chat_of(update))
        if lane is None:
            self._lanes[number] = lane = asyncio.Lock()
        return lane


def _chat_of(update: object) -> int:
    if isinstance(update, Update):
        for owner in (update.effective_chat, update.effective_user):
            if owner is not None:
                return owner.id
    return 0
