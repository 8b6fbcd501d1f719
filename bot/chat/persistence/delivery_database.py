"""What makes delivery safe from crashes, in one SQLite file: updates in work, and which messages answer which question.

Everything here may be lost at the price of a double answer; no article is in it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.chat.persistence.bounded_database import BoundedDatabase, Statement
from retrieval.models import Record
from retrieval.storage.sqlite import DatabaseFormat

FILE: Final = "chat.sqlite3"
# rows kept of each table: Telegram sends an update again for a day at most, and people edit what is recent
MOST: Final = {"updates": 20_000, "answers": 20_000}
# the rows of each table that may be dropped: what is still to be answered may not
DROPPABLE: Final = {"updates": "body IS NULL", "answers": "true"}
# ids above a lower bound that are looked through
MOST_IDS: Final = 1000

MIGRATIONS: Final = (
    """
    CREATE TABLE handled (number INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER NOT NULL UNIQUE);
    CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        part INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        UNIQUE (chat_id, question_id, part)
    );
    """,
    """
    CREATE TABLE updates (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        update_id INTEGER NOT NULL UNIQUE,
        chat_id INTEGER,
        message_id INTEGER,
        received REAL NOT NULL,
        body TEXT,
        resumed INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX open_updates ON updates (number) WHERE body IS NOT NULL;
    INSERT INTO updates (update_id, received) SELECT update_id, strftime('%s', 'now') FROM handled ORDER BY number;
    DROP TABLE handled;
    ALTER TABLE answers ADD COLUMN said REAL NOT NULL DEFAULT 0;
    UPDATE answers SET said = strftime('%s', 'now');
    CREATE TABLE sending (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        UNIQUE (chat_id, question_id)
    );
    """,
)
FORMAT: Final = DatabaseFormat(
    "the delivery database",
    MIGRATIONS,
    pragmas=("synchronous = NORMAL", "secure_delete = ON"),  # what is deleted leaves the file, too
    remedy="move it away to start without what was in work",
)

# the ids of supergroups and channels, which count their own messages, are below; all other chats share one sequence
OWN_SEQUENCE_BELOW: Final = -1_000_000_000_000


class SentMessage(Record):
    """A message of the bot: its id in its chat, and a fingerprint of its text and buttons."""

    message_id: int
    fingerprint: str


class UncertainDelivery(Record):
    """A message may have been sent: its id is above ``above``, and below ``below`` for certain where ``bounded``."""

    above: int
    below: int
    bounded: bool


class DeliveryDatabase(BoundedDatabase):
    """Updates, answers and deliveries in progress; ``clock`` gives seconds since 1970.

    Raises StoreError where the file cannot be used or was written by a newer version.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        super().__init__(path, FORMAT, clock)
        self._newest_ids: defaultdict[int, int] = defaultdict(int)
        self._first_sent_ids: dict[int, int] = {}
        ((self._last_inherited,),) = self.rows("SELECT coalesce(max(number), 0) FROM sending")
        for table in MOST:
            self.added(table, 0)
            newest = f"SELECT chat_id, max(message_id) FROM {table} WHERE message_id IS NOT NULL GROUP BY chat_id"  # noqa: S608
            for chat_id, message_id in self.rows(newest):
                self.record_id(chat_id, message_id)

    def answer_to(self, chat_id: int, question_id: int) -> tuple[SentMessage, ...]:
        """The messages that answer a question's message, in order; none where it was not answered."""
        sql = "SELECT message_id, fingerprint FROM answers WHERE chat_id = ? AND question_id = ? ORDER BY part"
        rows = self.rows(sql, chat_id, question_id)
        return tuple(SentMessage(message_id=message_id, fingerprint=fingerprint) for message_id, fingerprint in rows)

    def remember_answer(self, chat_id: int, question_id: int, messages: Iterable[SentMessage]) -> None:
        """Let these messages be the answer to a question's message, in place of any earlier ones."""
        question, now = (chat_id, question_id), self.now()
        rows = [(*question, part, sent.message_id, sent.fingerprint, now) for part, sent in enumerate(messages)]
        self.run_all(
            (
                ("DELETE FROM answers WHERE chat_id = ? AND question_id = ?", question),
                *(("INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?, ?)", row) for row in rows),
                ("DELETE FROM sending WHERE chat_id = ? AND question_id = ?", question),
            )
        )
        for row in rows:
            self.record_id(chat_id, row[3])
        self.added("answers")

    def begin_sending(self, chat_id: int, question_id: int) -> None:
        """Remember that a message is about to be sent: its id will be above the newest seen."""
        floor = max(question_id, self._newest_ids[id_sequence(chat_id)])
        sql = "INSERT OR IGNORE INTO sending (chat_id, question_id, floor) VALUES (?, ?, ?)"
        self.run(sql, chat_id, question_id, floor)

    def end_sending(self, chat_id: int, question_id: int) -> None:
        """Remember that the message was certainly not sent."""
        self.run("DELETE FROM sending WHERE chat_id = ? AND question_id = ?", chat_id, question_id)

    def uncertain_delivery(self, chat_id: int, question_id: int) -> UncertainDelivery | None:
        """Between which ids a message may be that began to be sent and was never confirmed; None where there is none.

        A message of an earlier process came before the first that this process sent.
        """
        sql = "SELECT number, floor FROM sending WHERE chat_id = ? AND question_id = ?"
        for number, floor in self.rows(sql, chat_id, question_id):
            sequence = id_sequence(chat_id)
            first = self._first_sent_ids.get(sequence) if number <= self._last_inherited else None
            end = self._newest_ids[sequence] + 1 if first is None else first
            return UncertainDelivery(above=floor, below=end, bounded=first is not None)
        return None

    def forget(self, chat_id: int | None, user: int | None, but: int | None = None) -> None:
        """Forget where a chat was answered, and what a user asked that still waits, except for the update ``but``.

        The numbers of updates stay: without them one that comes twice would be answered twice.
        """
        asked = (
            "EXISTS (SELECT 1 FROM json_tree(body) WHERE key = 'id' AND value = ? AND path GLOB ? AND path NOT GLOB ?)"
        )
        waiting = f"UPDATE updates SET body = NULL WHERE body IS NOT NULL AND update_id IS NOT ? AND {asked}"  # noqa: S608
        self.run_all(
            (
                *((f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,)) for table in ("answers", "sending")),  # noqa: S608
                ("UPDATE updates SET chat_id = NULL, message_id = NULL WHERE chat_id = ?", (chat_id,)),
                *((waiting, (but, user, f"$.*.{who}", f"$.*.*.{who}")) for who in ("from", "user")),
            )
        )
        self.checkpoint()

    def drop_before(self, moment: datetime) -> None:
        """Drop the updates that were done and the answers that were given before a moment."""
        then = moment.timestamp()
        self.run("DELETE FROM updates WHERE received < ? AND body IS NULL", then)
        self.run("DELETE FROM answers WHERE said < ?", then)

    def record_id(self, chat_id: int, message_id: int, *, sent: bool = False) -> None:
        """Note a message's id, and whether this process sent the message."""
        sequence = id_sequence(chat_id)
        with self.connection():
            self._newest_ids[sequence] = max(self._newest_ids[sequence], message_id)
            if sent:
                self._first_sent_ids[sequence] = min(self._first_sent_ids.get(sequence, message_id), message_id)

    def unknown_ids(self, chat_id: int, above: int, below: int) -> tuple[int, ...]:
        """The ids between two that belong to no message known, lowest first."""
        end = min(below, above + MOST_IDS)
        chats = "chat_id = ?" if chat_id < OWN_SEQUENCE_BELOW else f"chat_id >= {OWN_SEQUENCE_BELOW} AND ? IS NOT NULL"
        tables = (f"SELECT message_id FROM {table} WHERE message_id BETWEEN ? AND ? AND {chats}" for table in MOST)  # noqa: S608
        known = self.rows(" UNION ".join(tables), *(above, end, chat_id) * len(MOST))
        return tuple(sorted(set(range(above + 1, end)) - {message_id for (message_id,) in known}))

    def run_durably(self, statements: Iterable[Statement]) -> list[int]:
        """Carry out statements in one transaction that a power cut cannot undo; all others outlive only a crash."""
        with self.connection("written") as connection:
            connection.execute("PRAGMA synchronous = FULL")
            try:
                return self.run_all(statements)
            finally:
                connection.execute("PRAGMA synchronous = NORMAL")

    def added(self, table: str, rows: int = 1) -> None:
        """Say that rows were added to a table; now and then its oldest are dropped."""
        self.keep_newest(table, MOST[table], added=rows, droppable=DROPPABLE[table])


def id_sequence(chat_id: int) -> int:
    """The sequence that a chat's message ids belong to: its own, or 0 for the one that all other chats share."""
    return chat_id if chat_id < OWN_SEQUENCE_BELOW else 0
