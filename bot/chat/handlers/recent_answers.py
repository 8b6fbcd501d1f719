"""Answers of the last minute, so that the same question in a group is pointed to its answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.chat.persistence.answers import bare

# seconds in which the answer is still on the screen of who asks again
RECENT: Final = 60.0


class RecentAnswers:
    """Which message answered which question of which chat in the last minute; ``clock`` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answers: dict[tuple[int, str], tuple[float, int]] = {}

    def find(self, chat_id: int, question: str) -> int | None:
        """The id of the message that answered the question, or None."""
        self._drop_old()
        found = self._answers.get((chat_id, bare(question)))
        return found[1] if found else None

    def add(self, chat_id: int, question: str, message_id: int) -> None:
        """Remember that a message answers a question now."""
        self._drop_old()
        self._answers[chat_id, bare(question)] = (self._clock(), message_id)

    def _drop_old(self) -> None:
        limit = self._clock() - RECENT
        for key in [key for key, (then, _) in self._answers.items() if then < limit]:
            del self._answers[key]
