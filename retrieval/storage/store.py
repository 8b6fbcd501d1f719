"""Articles, passages and their annotations in SQLite: the truth that every index is made from.

A write is one transaction: whoever reads sees the corpus as it was before or as it is after, also when the process is
killed.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from retrieval.errors import UnknownArticle
from retrieval.index.postings import Document
from retrieval.models import Article, CorpusProfile, DateRange, Header, Knowledge, MentionKind, NameCount, Passage
from retrieval.storage.corpus_database import CorpusDatabase
from retrieval.storage.rows import (
    Entry,
    StoredPassage,
    WriteResult,
    article_from,
    article_row,
    checked,
    document_from,
    header_from,
    passage_row,
    stored_from,
)
from retrieval.storage.sqlite import Connection
from retrieval.timex.values import periods_in

__all__ = ["Store", "StoredPassage", "WriteResult"]

CACHED: Final = 4096  # passages kept decoded; a question asks for 10 to 20
NEWEST: Final = 5  # headers in a profile
_CHUNK: Final = 500  # passages read at once where many are
_INSERT_ARTICLE: Final = """
    INSERT INTO articles (
        id, title, outlet, published, published_known, published_how, url, author, language, fingerprint, dating, text
    ) VALUES (
        :id, :title, :outlet, :published, :published_known, :published_how, :url, :author, :language, :fingerprint,
        :dating, :text
    )
"""
_INSERT_PASSAGE: Final = (
    "INSERT INTO passages (row, article, ordinal, start, stop, annotation) VALUES (?, ?, ?, ?, ?, ?)"
)
_GROUPS: Final = """
    SELECT row FROM articles
    WHERE (:outlets IS NULL OR outlet IN (SELECT value FROM json_each(:outlets)))
    AND (:first IS NULL OR published >= :first) AND (:last IS NULL OR published <= :last)
"""
_NEWEST: Final = """
    SELECT row FROM articles WHERE :groups IS NULL OR row IN (SELECT value FROM json_each(:groups))
    ORDER BY published DESC NULLS LAST, id LIMIT :count
"""
# A day's value has ten characters and may be followed by a time of day; "-W" marks a week's. Each day has its turn, and
# of a day what stands first in its article comes first: that is its news.
_TELLING: Final = """
    SELECT passage FROM (
        SELECT m.passage, min(m.value) AS earliest, p.ordinal FROM mentions AS m JOIN passages AS p ON p.row = m.passage
        WHERE m.kind IN ('date', 'time') AND (:groups IS NULL OR p.article IN (SELECT value FROM json_each(:groups)))
        AND (
            (m.value BETWEEN :first AND :last AND length(m.value) >= 10 AND substr(m.value, 6, 1) <> 'W')
            OR m.value IN (SELECT value FROM json_each(:periods))
        )
        GROUP BY m.passage
    )
    ORDER BY row_number() OVER (PARTITION BY substr(earliest, 1, 10) ORDER BY ordinal, passage), earliest, passage
"""
_NAMES: Final = """
    SELECT m.value, count(DISTINCT p.article) AS articles, count(*) AS times, min(m.passage) AS passage
    FROM mentions AS m JOIN passages AS p ON p.row = m.passage
    WHERE m.kind = :kind AND (:detail IS NULL OR m.detail = :detail)
    AND (:groups IS NULL OR p.article IN (SELECT value FROM json_each(:groups)))
    GROUP BY m.value ORDER BY articles DESC, times DESC, passage, m.value
"""


class Store:
    """The corpus in one SQLite file. Safe to use from several threads and beside other processes.

    Every method raises StoreError, one sentence, where the file cannot be opened, read or written.
    """

    def __init__(self, path: Path) -> None:
        """Opens the store, makes it where there is none, and brings an older one up to date."""
        self._database = CorpusDatabase(path)
        self._cache = _Cache()

    def close(self) -> None:
        """Ends all access; what was written stays."""
        self._database.close()

    # -------------------------------------------------- writing

    def write(self, entries: Iterable[Entry], dating: str = "", *, unless_changed: bool = False) -> WriteResult:
        """Puts articles in with their passages, each instead of one of the same id, in one transaction.

        ``dating`` names what inferred dates among them rest on (see ``undated``). With ``unless_changed``, what has
        gone or differs from the store's in more than that date is left as it is. Raises ValueError for a passage that
        is not its article's.
        """
        batch = checked(entries)
        with self._database.transaction() as writer:
            before = _revision(writer)
            if unless_changed:
                batch = [entry for entry in batch if _has(writer, entry[0])]
            removed = tuple(key for article, _ in batch for key in _delete(writer, article.id))
            added = tuple(stored for entry in batch for stored in _insert(writer, entry, dating))
            return WriteResult(added, removed, before, _renewed(writer) if batch else before)

    def remove(self, article_id: str) -> WriteResult:
        """Takes an article and its passages out; raises UnknownArticle where there is none of this id."""
        with self._database.transaction() as writer:
            before = _revision(writer)
            if _row(writer, "SELECT 1 FROM articles WHERE id = ?", article_id) is None:
                raise _unknown(article_id)
            removed = tuple(_delete(writer, article_id))
            return WriteResult((), removed, before, _renewed(writer))

    def settle(self, article_ids: Iterable[str], dating: str) -> None:
        """Notes that the inferred dates of these articles rest on ``dating``; the corpus itself does not change."""
        with self._database.transaction() as writer:
            rows = [(dating, article_id) for article_id in article_ids]
            writer.executemany("UPDATE articles SET dating = ? WHERE id = ?", rows)

    # -------------------------------------------------- reading

    def revision(self) -> str:
        """A name for the corpus as it is now, never used again once anything in it has changed."""
        with self._database.reading() as reader:
            return _revision(reader)

    def snapshot(self) -> tuple[str, frozenset[int]]:
        """The revision and the row ids of its passages."""
        with self._database.snapshot() as reader:
            return _revision(reader), frozenset(row[0] for row in reader.execute("SELECT row FROM passages"))

    def fingerprints(self) -> Mapping[str, str]:
        """Each article's fingerprint by its id."""
        with self._database.reading() as reader:
            return {row[0]: row[1] for row in reader.execute("SELECT id, fingerprint FROM articles")}

    def dated(self) -> Mapping[str, date]:
        """The days of the articles whose date is stated, by id."""
        sql = "SELECT id, published FROM articles WHERE published_known = ?"
        with self._database.reading() as reader:
            rows = reader.execute(sql, (Knowledge.STATED.value,))
            return {row["id"]: date.fromisoformat(row["published"]) for row in rows}

    def undated(self, dating: str) -> tuple[str, ...]:
        """The ids of articles without a stated date, as far as what is inferred of it does not rest on ``dating``."""
        sql = "SELECT id FROM articles WHERE published_known IS NOT ? AND dating <> ? ORDER BY row"
        with self._database.reading() as reader:
            return tuple(row["id"] for row in reader.execute(sql, (Knowledge.STATED.value, dating)))

    def article(self, article_id: str) -> Article:
        """The article of this id; raises UnknownArticle where there is none."""
        with self._database.reading() as reader:
            row = _row(reader, "SELECT * FROM articles WHERE id = ?", article_id)
        if row is None:
            raise _unknown(article_id)
        return article_from(row)

    def header(self, article_id: str) -> Header:
        """The header of the article of this id; raises UnknownArticle where there is none."""
        with self._database.reading() as reader:
            row = _row(reader, "SELECT * FROM headers WHERE id = ?", article_id)
        if row is None:
            raise _unknown(article_id)
        return header_from(row)

    def headers(self) -> tuple[Header, ...]:
        """All headers, newest first and undated last, then by id."""
        with self._database.reading() as reader:
            cache = self._current(reader)
            if cache.headers is None:
                rows = reader.execute("SELECT * FROM headers ORDER BY published DESC NULLS LAST, id")
                cache.headers = tuple(map(header_from, rows))
            return cache.headers

    def passages(self, keys: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages of these row ids in the order asked for, without those that are not in the corpus (any more)."""
        with self._database.reading() as reader:
            cache = self._current(reader)
            found = {key: cache.passages[key] for key in keys if key in cache.passages}
            rows = _rows(reader, [key for key in keys if key not in found])
            found.update((stored.key, stored) for stored in map(stored_from, rows))
            cache.keep(found)
        return tuple(found[key] for key in keys if key in found)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of an article in its order; raises UnknownArticle where there is none of this id."""
        sql = "SELECT p.row FROM passages p JOIN articles a ON a.row = p.article WHERE a.id = ? ORDER BY p.ordinal"
        with self._database.reading() as reader:
            if _row(reader, "SELECT 1 FROM articles WHERE id = ?", article_id) is None:
                raise _unknown(article_id)
            keys = [row["row"] for row in reader.execute(sql, (article_id,))]
            return tuple(stored.passage for stored in self.passages(keys))

    def documents(self, keys: Iterable[int] | None = None) -> Iterator[Document]:
        """What ranking indexes of these passages (of all, if None), without those that are gone meanwhile."""
        rest = iter(sorted(self.snapshot()[1] if keys is None else keys))
        while chunk := list(islice(rest, _CHUNK)):
            with self._database.reading() as reader:
                rows = _rows(reader, chunk)
            yield from map(document_from, rows)

    def groups(self, outlets: Sequence[str] = (), published: DateRange | None = None) -> frozenset[int]:
        """The row ids of articles of these outlets (of all, if none is named) that appeared within ``published``."""
        window = published or DateRange()
        asked = {
            "outlets": json.dumps(outlets) if outlets else None,
            "first": window.first and window.first.isoformat(),
            "last": window.last and window.last.isoformat(),
        }
        with self._database.reading() as reader:
            return frozenset(row["row"] for row in reader.execute(_GROUPS, asked))

    def newest(self, groups: Collection[int] | None, count: int) -> tuple[int, ...]:
        """The row ids of the newest of these articles (of all, if None), undated last, ``count`` at most."""
        asked = {"groups": None if groups is None else json.dumps(list(groups)), "count": count}
        with self._database.reading() as reader:
            return tuple(row["row"] for row in reader.execute(_NEWEST, asked))

    def openings(self, groups: Sequence[int]) -> tuple[int, ...]:
        """The row ids of the first passages of these articles, in the order asked for."""
        sql = "SELECT row, article FROM passages WHERE ordinal = 0 AND article IN (SELECT value FROM json_each(?))"
        with self._database.reading() as reader:
            first = {row["article"]: row["row"] for row in reader.execute(sql, (json.dumps(groups),))}
        return tuple(first[group] for group in groups if group in first)

    def telling_of(self, days: DateRange, groups: Collection[int] | None = None) -> tuple[int, ...]:
        """The row ids of passages whose sentences name a day, week or month within ``days``, one of each day in turn.

        ``groups`` leaves only articles of these row ids in."""
        asked = {
            "first": (days.first or date.min).isoformat(),
            "last": (days.last or date.max).isoformat() + "~",
            "periods": json.dumps(sorted(periods_in(days))),
            "groups": None if groups is None else json.dumps(list(groups)),
        }
        with self._database.reading() as reader:
            return tuple(row["passage"] for row in reader.execute(_TELLING, asked))

    def names(
        self, kind: MentionKind, detail: str | None, groups: Collection[int] | None = None
    ) -> tuple[tuple[NameCount, int], ...]:
        """Every name of a kind with the row id of the first passage that has it, those in most articles first.

        ``groups`` leaves only articles of these row ids in."""
        asked = {
            "kind": kind.value,
            "detail": detail,
            "groups": None if groups is None else json.dumps(list(groups)),
        }
        with self._database.reading() as reader:
            rows = reader.execute(_NAMES, asked).fetchall()
        return tuple((NameCount(value=row["value"], articles=row["articles"]), row["passage"]) for row in rows)

    def profile(self) -> CorpusProfile:
        """What the corpus covers, with its newest articles' headers."""
        with self._database.snapshot() as reader:
            cache = self._current(reader)
            if cache.profile is None:
                passages = reader.execute("SELECT count(*) FROM passages").fetchone()[0]
                cache.profile = _profile(self.headers(), passages)
            return cache.profile

    def _current(self, reader: Connection) -> _Cache:
        """What is remembered of the corpus as it is now; nothing, once it has changed."""
        revision = _revision(reader)
        if self._cache.revision != revision:
            self._cache = _Cache(revision)
        return self._cache


class _Cache:
    """What is remembered of one revision: passages asked for lately, headers and profile."""

    def __init__(self, revision: str = "") -> None:
        self.revision = revision
        self.passages: OrderedDict[int, StoredPassage] = OrderedDict()
        self.headers: tuple[Header, ...] | None = None
        self.profile: CorpusProfile | None = None

    def keep(self, asked: Mapping[int, StoredPassage]) -> None:
        for key, stored in asked.items():
            self.passages[key] = stored
            self.passages.move_to_end(key)
        while len(self.passages) > CACHED:
            self.passages.popitem(last=False)


# ------------------------------------------------------ statements


def _row(connection: Connection, sql: str, *values: object) -> Any:
    return connection.execute(sql, values).fetchone()


def _revision(connection: Connection) -> str:
    return str(_row(connection, "SELECT revision FROM corpus")[0])


def _renewed(writer: Connection) -> str:
    """A new revision; random, since one that is counted could come again after a backup is put back."""
    return str(_row(writer, "UPDATE corpus SET revision = lower(hex(randomblob(8))) RETURNING revision")[0])


def _has(writer: Connection, article: Article) -> bool:
    row = _row(writer, "SELECT fingerprint FROM articles WHERE id = ?", article.id)
    return row is not None and row["fingerprint"] == article.fingerprint


def _delete(writer: Connection, article_id: str) -> list[int]:
    """Deletes an article, if it is there, with its passages; their row ids."""
    sql = "SELECT p.row FROM passages p JOIN articles a ON a.row = p.article WHERE a.id = ? ORDER BY p.row"
    keys = [row[0] for row in writer.execute(sql, (article_id,))]
    writer.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    return keys


def _insert(writer: Connection, entry: Entry, dating: str) -> Sequence[StoredPassage]:
    article, passages = entry
    header = Header.of(article)
    group = writer.execute(_INSERT_ARTICLE, article_row(article, dating)).lastrowid or 0
    last = _row(writer, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'passages'")[0] or 0
    stored = [StoredPassage(last + 1 + ordinal, group, passage, header) for ordinal, passage in enumerate(passages)]
    writer.executemany(_INSERT_PASSAGE, [passage_row(row, ordinal) for ordinal, row in enumerate(stored)])
    return stored


def _rows(reader: Connection, keys: Sequence[int]) -> Sequence[Any]:
    sql = "SELECT * FROM stored_passages WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"
    return reader.execute(sql, (json.dumps(keys),)).fetchall() if keys else ()


def _profile(headers: Sequence[Header], passages: int) -> CorpusProfile:
    days = [header.published.day for header in headers if header.published]
    return CorpusProfile(
        articles=len(headers),
        passages=passages,
        outlets=tuple(sorted({header.outlet for header in headers if header.outlet})),
        first=min(days, default=None),
        last=max(days, default=None),
        newest=tuple(headers[:NEWEST]),
    )


def _unknown(article_id: str) -> UnknownArticle:
    return UnknownArticle(f"no article has the id {article_id!r}; `dateline list` shows the ids")
