"""The same question in a group within a minute is answered once: a group takes twenty messages a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.chat.answers import bare

# seconds in which an answer is worth pointing to instead of giving it again
LATELY: Final = 60.0


class Repeats:
    """Which message answered which question of which chat lately; ``clock`` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answered: dict[tuple[int, str], tuple[float, int]] = {}

    def answered(self, chat_id: int, question: str) -> int | None:
        """The message that answered the question lately, or None."""
        self._drop_old()
        found = self._answered.get((chat_id, bare(question)))
        return found[1] if found else None

    def note(self, chat_id: int, question: str, message_id: int) -> None:
        """Remember that a message answers a question now."""
        self._drop_old()
        self._answered[chat_id, bare(question)] = (self._clock(), message_id)

    def _drop_old(self) -> None:
        """Drop what was answered too long ago; the oldest come first."""
        limit = self._clock() - LATELY
        for key in [key for key, (then, _) in self._answered.items() if then < limit]:
            del self._answered[key]


def address(chat_id: int, message_id: int, username: str | None = None) -> str | None:
    """The address of a message in a supergroup, or None where its kind of chat has none."""
    if username:
        return f"https://t.me/{username}/{message_id}"
    number = str(chat_id)
    return f"https://t.me/c/{number[4:]}/{message_id}" if number.startswith("-100") and len(number) > 4 else None
