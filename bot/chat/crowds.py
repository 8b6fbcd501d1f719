"""Groups that ask more than Telegram lets the bot answer at once: they are told how long the next answers take."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.chat.limiter import Pace
from bot.chat.ordering import PerChat

# seconds of waiting worth a word, and between two words in a group
WORTH_A_WORD: Final = 5.0
QUIET: Final = 60.0


class Crowds:
    """Knows when a group's answers begin to wait; ``clock`` gives seconds that never run backwards."""

    def __init__(self, pace: Pace, lanes: PerChat, clock: Callable[[], float] = time.monotonic) -> None:
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
