"""What the chat side remembers across restarts, in SQLite: updates, and which messages answer which question.

Everything here may be forgotten; nothing of the corpus lies in it. The tables keep their newest rows only.
"""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

from retrieval.errors import StoreError
from retrieval.models import Record

FILE: Final = "chat.sqlite3"
HOLD = "serving"

Values = tuple[int | float | str | None, ...]

# rows kept of each table
MOST = {"updates": 20_000, "answers": 20_000}
# the rows that may be dropped
DISPENSABLE = {"updates": "body IS NULL", "answers": "true"}
# rows that may pile up before the oldest are dropped
SLACK = 500
# ids behind a lower bound that are looked through
MOST_IDS = 1000

MIGRATIONS = (
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

# the ids of supergroups and channels, which count their own messages, are below; all other chats share one count
OWN_COUNT_BELOW = -1_000_000_000_000


class SentMessage(Record):
    """A message the bot sent: its id in its chat, and a fingerprint of what it says."""

    message_id: int
    fingerprint: str


class UncertainDelivery(Record):
    """A message may stand at an id between two; it stands nowhere above if ``ends``."""

    above: int
    below: int
    ends: bool


class DeliveryDatabase:
    """The chat side's memory in one SQLite file; usable from several threads.

    Raises StoreError where the file cannot be opened or was written by a newer version.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._lock = Lock()
        self._clock = clock
        self._since = dict.fromkeys(MOST, 0)
        self._newest: defaultdict[int, int] = defaultdict(int)
        self._first_sent: dict[int, int] = {}
        self._mode = ""
        try:
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {error}; move the file away to start without what it remembers") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def answer_to(self, chat_id: int, question_id: int) -> tuple[SentMessage, ...]:
        """The messages that answer a question's message, in order; none where it was not answered."""
        rows = self.rows(
            "SELECT message_id, fingerprint FROM answers WHERE chat_id = ? AND question_id = ? ORDER BY part",
            (chat_id, question_id),
        )
        return tuple(SentMessage(message_id=message_id, fingerprint=fingerprint) for message_id, fingerprint in rows)

    def is_answer(self, chat_id: int, message_id: int) -> bool:
        """Whether a message of the chat is known as an answer, or a part of one."""
        query = "SELECT 1 FROM answers WHERE chat_id = ? AND message_id = ?"
        return bool(self.rows(query, (chat_id, message_id)))

    def remember_answer(self, chat_id: int, question_id: int, messages: Iterable[SentMessage]) -> None:
        """Let these messages be the answer to a question's message, in place of any earlier ones."""
        said = self._clock()
        rows = [
            (chat_id, question_id, part, sent.message_id, sent.fingerprint, said) for part, sent in enumerate(messages)
        ]
        question = (chat_id, question_id)
        self.write(
            ("DELETE FROM answers WHERE chat_id = ? AND question_id = ?", question),
            *(("INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?, ?)", row) for row in rows),
            ("DELETE FROM sending WHERE chat_id = ? AND question_id = ?", question),
        )
        for row in rows:
            self.saw(chat_id, row[3])
        self.grown("answers")

    def begin_sending(self, chat_id: int, question_id: int) -> None:
        """Remember that a message is about to be sent: its id will be above the newest seen."""
        floor = max(question_id, self._newest[count_of(chat_id)])
        insert = "INSERT OR IGNORE INTO sending (chat_id, question_id, floor) VALUES (?, ?, ?)"
        self.write((insert, (chat_id, question_id, floor)))

    def end_sending(self, chat_id: int, question_id: int) -> None:
        """Remember that the message was certainly not sent."""
        self.write(("DELETE FROM sending WHERE chat_id = ? AND question_id = ?", (chat_id, question_id)))

    def doubt(self, chat_id: int, question_id: int) -> UncertainDelivery | None:
        """Where a message may stand that began to be sent and of which nobody knows more; else None."""
        query = "SELECT number, floor FROM sending WHERE chat_id = ? AND question_id = ?"
        for number, floor in self.rows(query, (chat_id, question_id)):
            count = count_of(chat_id)
            first = self._first_sent.get(count) if number <= self._inherited else None
            end = self._newest[count] + 1 if first is None else first
            return UncertainDelivery(above=floor, below=end, ends=first is not None)
        return None

    def forget(self, chat_id: int | None, user: int | None, but: int | None = None) -> None:
        """Forget where a chat was answered, and what a user asked that still waits, but for one update.

        The numbers of updates stay: without them one that comes twice would be answered twice.
        """
        asks = (
            "EXISTS (SELECT 1 FROM json_tree(body) WHERE key = 'id' AND value = ? AND path GLOB ? AND path NOT GLOB ?)"
        )
        waiting = f"UPDATE updates SET body = NULL WHERE body IS NOT NULL AND update_id IS NOT ? AND {asks}"  # noqa: S608
        self.write(
            *((f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,)) for table in ("answers", "sending")),  # noqa: S608
            ("UPDATE updates SET chat_id = NULL, message_id = NULL WHERE chat_id = ?", (chat_id,)),
            *((waiting, (but, user, f"$.*.{who}", f"$.*.*.{who}")) for who in ("from", "user")),
        )
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def drop_before(self, moment: datetime) -> None:
        """Drop the updates that were done and the answers that were given before a moment."""
        then = moment.timestamp()
        self.write(
            ("DELETE FROM updates WHERE received < ? AND body IS NULL", (then,)),
            ("DELETE FROM answers WHERE said < ?", (then,)),
        )

    def saw(self, chat_id: int, message_id: int, *, sent: bool = False) -> None:
        """Take note of a message's id, and whether this process sent the message."""
        count = count_of(chat_id)
        with self._lock:
            self._newest[count] = max(self._newest[count], message_id)
            if sent:
                self._first_sent[count] = min(self._first_sent.get(count, message_id), message_id)

    def unknown_ids(self, chat_id: int, above: int, below: int) -> tuple[int, ...]:
        """The ids between two that belong to no message known, lowest first."""
        end = min(below, above + MOST_IDS)
        chats = "chat_id = ?" if chat_id < OWN_COUNT_BELOW else f"chat_id >= {OWN_COUNT_BELOW} AND ? IS NOT NULL"
        tables = (f"SELECT message_id FROM {table} WHERE message_id BETWEEN ? AND ? AND {chats}" for table in MOST)  # noqa: S608
        known = self.rows(" UNION ".join(tables), (above, end, chat_id) * len(MOST))
        return tuple(sorted(set(range(above + 1, end)) - {message_id for (message_id,) in known}))

    def rows(self, query: str, values: Values = ()) -> list[Any]:
        """What a query finds."""
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def write(self, *statements: tuple[str, Values], durable: bool = False) -> list[int]:
        """Carry statements out, all or none; returns how many rows each changed.

        What is ``durable`` outlives a power cut, the rest a crash of the process. Raises StoreError where the disk
        does not take it.
        """
        with self._lock:
            self._let_outlive("FULL" if durable else "NORMAL")
            try:
                if len(statements) == 1:  # is a transaction of its own
                    return [self._database.execute(*statements[0]).rowcount]
                with self._database:
                    self._database.execute("BEGIN IMMEDIATE")
                    return [self._database.execute(*statement).rowcount for statement in statements]
            except sqlite3.OperationalError as error:
                raise StoreError(f"{self._path}: {error}") from error

    def _let_outlive(self, mode: str) -> None:
        """Set how far the disk is waited for, where that is another way than last time."""
        if mode != self._mode:
            self._database.execute(f"PRAGMA synchronous = {mode}")
            self._mode = mode

    def grown(self, table: str, rows: int = 1) -> None:
        """Say that a table has grown; now and then its oldest rows are dropped."""
        self._since[table] += rows
        if self._since[table] >= SLACK:
            self._drop_oldest(table)

    def _drop_oldest(self, table: str) -> None:
        self._since[table] = 0
        oldest = f"number <= (SELECT max(number) FROM {table}) - ? AND {DISPENSABLE[table]}"  # noqa: S608
        self.write((f"DELETE FROM {table} WHERE {oldest}", (MOST[table],)))  # noqa: S608

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves the file, too
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise sqlite3.DatabaseError("written by a newer version of Dateline")
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            self._database.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
        for table in MOST:
            self._drop_oldest(table)
        ((self._inherited,),) = self._database.execute("SELECT coalesce(max(number), 0) FROM sending")
        for table in MOST:
            for chat_id, newest in self._database.execute(
                f"SELECT chat_id, max(message_id) FROM {table} WHERE message_id IS NOT NULL GROUP BY chat_id"  # noqa: S608
            ):
                self.saw(chat_id, newest)


@contextmanager
def serving_alone(folder: Path) -> Iterator[None]:
    """Hold a folder for one process: two that serve Telegram from it would both resume the same questions.

    Raises StoreError where another process holds it. The hold ends with the process, however that ends.
    """
    with closing(sqlite3.connect(folder / HOLD, timeout=0, isolation_level=None)) as hold:
        try:
            hold.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StoreError(f"{folder}: another Dateline serves Telegram from this folder; end that one") from error
        yield


def count_of(chat_id: int) -> int:
    """Whose count of messages a chat's belong to."""
    return chat_id if chat_id < OWN_COUNT_BELOW else 0
