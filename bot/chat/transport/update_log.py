"""The updates that Telegram was told we have: kept until each is answered, so that a crash loses none.

An update is written down before Telegram hears that it arrived, and its body is dropped once it is done. What is still
open when the bot starts was being answered when it ended.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.chat.persistence.delivery_database import DeliveryDatabase
from retrieval.models import Record

log = logging.getLogger(__name__)
Json = Mapping[str, Any]

# an update that was open at so many starts is what ends the bot
MOST_STARTS = 3
# seconds after which an update is given up that Telegram never let us answer
TOO_LATE = 24 * 3600.0


class Backlog(Record):
    """How many updates are not yet done, and how many seconds ago the oldest of them arrived."""

    open: int
    lag: float


class UpdateLog:
    """What arrived and what of it is done; ``clock`` gives seconds since 1970."""

    def __init__(self, state: DeliveryDatabase, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock
        self._postponed: set[int] = set()

    def accept(self, updates: Sequence[Json]) -> tuple[Json, ...]:
        """Write updates down for good; returns those that never came before, in order."""
        rows = [self._row(update) for update in updates]
        insert = "INSERT OR IGNORE INTO updates (update_id, chat_id, message_id, received, body) VALUES (?, ?, ?, ?, ?)"
        changed = self._state.write(*((insert, row) for row in rows), durable=True)
        new = tuple(update for update, count in zip(updates, changed, strict=True) if count)
        self._state.grown("updates", len(new))
        for _, chat_id, message_id, *_ in rows:
            if chat_id is not None and message_id is not None:
                self._state.saw(chat_id, message_id)
        return new

    def resume(self) -> tuple[Json, ...]:
        """The updates that were open when the bot last ended, oldest first; call it once, at the start.

        Those of which nobody knows whether their answer was sent come last, in the order in which they were sent:
        what is learned from the others narrows down where their answers stand.
        """
        _, given_up = self._state.write(
            ("UPDATE updates SET resumed = resumed + 1 WHERE body IS NOT NULL", ()),
            ("UPDATE updates SET body = NULL WHERE body IS NOT NULL AND resumed > ?", (MOST_STARTS,)),
        )
        if given_up:
            log.error("%d updates are given up: they were open at each of the last %d starts", given_up, MOST_STARTS)
        rows = self._state.rows(
            "SELECT body FROM updates WHERE body IS NOT NULL "
            "ORDER BY (SELECT coalesce(min(number), 0) FROM sending WHERE chat_id = updates.chat_id), number"
        )
        return tuple(json.loads(body) for (body,) in rows)

    def finish(self, update_id: int) -> None:
        """An update is done with, unless it was postponed; only its number stays."""
        if update_id not in self._postponed:
            self._state.write(("UPDATE updates SET body = NULL WHERE update_id = ?", (update_id,)))

    def postpone(self, update_id: int) -> None:
        """An update could not be answered for a reason that passes: it stays open."""
        self._postponed.add(update_id)

    def postponed(self) -> tuple[Json, ...]:
        """The updates that were postponed, to be tried again; those that waited for too long are given up."""
        found = [row for update_id in sorted(self._postponed) for row in self._open(update_id)]
        self._postponed.clear()
        late = self._clock() - TOO_LATE
        for update_id, received, _ in found:
            if received < late:
                log.error("Update %d is given up: Telegram could not be reached for a day", update_id)
                self.finish(update_id)
        return tuple(json.loads(body) for _, received, body in found if received >= late)

    def backlog(self) -> Backlog:
        """What is not done yet."""
        ((count, oldest),) = self._state.rows("SELECT count(*), min(received) FROM updates WHERE body IS NOT NULL")
        return Backlog(open=count, lag=max(0.0, self._clock() - oldest) if count else 0.0)

    def _open(self, update_id: int) -> list[Any]:
        query = "SELECT update_id, received, body FROM updates WHERE update_id = ? AND body IS NOT NULL"
        return self._state.rows(query, (update_id,))

    def _row(self, update: Json) -> tuple[int, int | None, int | None, float, str]:
        chat_id, message_id = _message_of(update)
        body = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
        return int(update["update_id"]), chat_id, message_id, self._clock(), body


def _message_of(update: Json) -> tuple[int | None, int | None]:
    """The chat and the id of the message that an update brings."""
    for kind, payload in update.items():
        if kind.endswith(("message", "channel_post")) and isinstance(payload, dict):
            return payload.get("chat", {}).get("id"), payload.get("message_id")
    return None, None
