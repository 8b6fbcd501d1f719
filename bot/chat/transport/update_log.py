"""The log of updates that Telegram handed over: kept until each is answered, so that a crash loses none.

An update is written down before Telegram is told that it arrived, and its body is dropped once it is done. What is
still open when the bot starts was being answered when it ended.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.chat.persistence.delivery_database import DeliveryDatabase
from retrieval.models import Record

log = logging.getLogger(__name__)
Json = Mapping[str, Any]

# an update that was open at so many starts is what ends the bot
MOST_STARTS: Final = 3
# seconds after which an update is given up that Telegram never let us answer: Telegram keeps its own as long
TOO_LATE: Final = 24 * 3600.0


class Backlog(Record):
    """How many updates are not yet done, and how many seconds ago the oldest of them arrived."""

    open: int
    lag: float


class UpdateLog:
    """Which updates arrived and which are done; ``clock`` gives seconds since 1970.

    Everything raises StoreError where the log cannot be read or written.
    """

    def __init__(self, database: DeliveryDatabase, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._postponed: set[int] = set()

    def accept(self, updates: Sequence[Json]) -> tuple[Json, ...]:
        """Write updates down so that a power cut cannot undo it; returns those that never came before, in order."""
        rows = [self._row(update) for update in updates]
        sql = "INSERT OR IGNORE INTO updates (update_id, chat_id, message_id, received, body) VALUES (?, ?, ?, ?, ?)"
        changed = self._database.run_durably((sql, row) for row in rows)
        new = tuple(update for update, count in zip(updates, changed, strict=True) if count)
        self._database.added("updates", len(new))
        for _, chat_id, message_id, *_ in rows:
            if chat_id is not None and message_id is not None:
                self._database.record_id(chat_id, message_id)
        return new

    def resume(self) -> tuple[Json, ...]:
        """The updates that were open when the bot last ended, oldest first; call it once, at the start.

        Those of which nobody knows whether their answer was sent come last, in the order in which they were sent:
        the ids of the others' messages narrow down which ids theirs can have.
        """
        _, given_up = self._database.run_all(
            (
                ("UPDATE updates SET resumed = resumed + 1 WHERE body IS NOT NULL", ()),
                ("UPDATE updates SET body = NULL WHERE body IS NOT NULL AND resumed > ?", (MOST_STARTS,)),
            )
        )
        if given_up:
            log.error("%d updates are given up: they were open at each of the last %d starts", given_up, MOST_STARTS)
        rows = self._database.rows(
            "SELECT body FROM updates WHERE body IS NOT NULL "
            "ORDER BY (SELECT coalesce(min(number), 0) FROM sending WHERE chat_id = updates.chat_id), number"
        )
        return tuple(json.loads(body) for (body,) in rows)

    def finish(self, update_id: int) -> None:
        """Drop the body of an update that is done, unless it was postponed; its number stays."""
        if update_id not in self._postponed:
            self._database.run("UPDATE updates SET body = NULL WHERE update_id = ?", update_id)

    def postpone(self, update_id: int) -> None:
        """Keep an update open that could not be answered for a reason that passes."""
        self._postponed.add(update_id)

    def take_postponed(self) -> tuple[Json, ...]:
        """The updates that were postponed, each once, to be tried again; those that waited too long are given up."""
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
        ((count, oldest),) = self._database.rows("SELECT count(*), min(received) FROM updates WHERE body IS NOT NULL")
        return Backlog(open=count, lag=max(0.0, self._clock() - oldest) if count else 0.0)

    def _open(self, update_id: int) -> list[Any]:
        sql = "SELECT update_id, received, body FROM updates WHERE update_id = ? AND body IS NOT NULL"
        return self._database.rows(sql, update_id)

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
