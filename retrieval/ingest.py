"""The write path: sources -> passages -> recogniser -> store -> ranker.

The store is the truth and each batch of articles one transaction of it; the ranker follows, and its saved index names
the revision it was made from. So a process that is killed at any moment leaves whole articles, and an index that is
found out and made anew.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import Final, NamedTuple, Protocol, TypeVar

from retrieval.documents.import_format import Refusal
from retrieval.documents.passages import split_passages
from retrieval.documents.readers import read_articles
from retrieval.errors import IndexUnusable, UnknownArticle
from retrieval.index.postings import Document
from retrieval.index.ranker import Ranker
from retrieval.models import Article, Passage, Record
from retrieval.storage.rows import Entry, WriteResult, document_of
from retrieval.storage.store import Store
from retrieval.timex.finder import infer_published

__all__ = ["Ingest", "IngestReport", "Progress"]

BATCH: Final = 50  # articles in a transaction; what a killed import has to do again
Progress = Callable[[int, int | None, str], None]

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Annotator(Protocol):
    """What import needs of the recogniser."""

    def annotate(self, article: Article, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """The passages with their mentions."""


class IngestReport(Record):
    """What became of the articles of an import, by id, and what was refused.

    ``redated`` are articles of before whose inferred date the new ones changed.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    redated: tuple[str, ...] = ()


class _Arrivals(NamedTuple):
    """What the sources brought: articles that the store does not have, or not so, and the rest."""

    articles: list[Article]
    unchanged: list[str]
    refused: list[Refusal]


class _Dating(NamedTuple):
    """The days of the articles with a stated date, which fix the years of those without, and a name for them."""

    days: tuple[date, ...]
    name: str

    @classmethod
    def of(cls, days: Iterable[date]) -> _Dating:
        ordered = tuple(sorted(days))
        words = " ".join(day.isoformat() for day in ordered)
        return cls(ordered, hashlib.sha256(words.encode()).hexdigest())


class Ingest:
    """Brings articles into a store and keeps a ranker and its saved index in step with it.

    Safe to use from several threads: one changes the corpus at a time, and ``refresh`` does not wait for it.
    """

    def __init__(self, store: Store, recogniser: Annotator, ranker: Ranker, index_folder: Path) -> None:
        self.store = store
        self.ranker = ranker
        self._recogniser = recogniser
        self._index_folder = index_folder
        self._changing = RLock()
        self._revision: str | None = None  # of the store, as the ranker has it
        self._saved: str | None = None
        self._keys: set[int] = set()  # of the passages in the ranker

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> IngestReport:
        """Imports files and folders; an article the store has as it is stays, one that differs is replaced.

        ``progress`` is called with how many articles are done, how many there are (None while files are read) and an
        id. What cannot be read is in the report and everything else goes in. Raises StoreError.
        """
        report_progress = progress or _ignore
        with self._changing:
            self.refresh()
            known = self.store.fingerprints()
            arrivals = _arrivals(paths, known, report_progress)
            self._write(arrivals.articles, report_progress)
            redated = self._infer_dates_again()
            self._save_if_changed()
        return _report(arrivals, known.keys(), redated)

    def remove(self, article_id: str) -> None:
        """Takes an article out of the store and of every answer; raises UnknownArticle."""
        with self._changing:
            self.refresh()
            self._follow(self.store.remove(article_id))
            self._infer_dates_again()
            self._save_if_changed()

    def open_index(self) -> None:
        """Brings the ranker to the store's articles: from the saved index if it fits them, else anew, and saves it."""
        with self._changing:
            revision, keys = self.store.snapshot()
            try:
                self.ranker.restore(self._index_folder, revision)
                self._keys, self._revision, self._saved = set(keys), revision, revision
            except IndexUnusable as unusable:
                _log.info("making the index anew: %s", unusable)
                self._catch_up()
                self._save()

    def refresh(self) -> bool:
        """Brings the ranker up to date where another process changed the store; whether there was anything to do.

        Returns at once while another thread of this process is importing: the ranker follows it."""
        if self._revision == self.store.revision():
            return False
        if not self._changing.acquire(blocking=self._revision is None):
            return False
        try:
            if self._revision is None:
                self.open_index()
            else:
                self._catch_up()
        finally:
            self._changing.release()
        return True

    # -------------------------------------------------- articles

    def _write(self, articles: Sequence[Article], report_progress: Progress) -> None:
        dating = self._dating_with(articles)
        done = 0
        for batch in _batches(articles):
            entries = []
            for article in batch:
                entries.append(self._entry(article, dating))
                done += 1
                report_progress(done, len(articles), article.id)
            self._follow(self.store.write(entries, dating.name))

    def _entry(self, article: Article, dating: _Dating) -> Entry:
        """An article as it is stored: dated as far as can be, split, annotated."""
        dated = _dated(article, dating)
        return dated, self._recogniser.annotate(dated, split_passages(dated))

    def _dating_with(self, articles: Iterable[Article]) -> _Dating:
        """The stated days as they will be once ``articles`` are in."""
        days = dict(self.store.stated_days())
        for article in articles:
            days.pop(article.id, None)
            if article.published:
                days[article.id] = article.published.day
        return _Dating.of(days.values())

    def _infer_dates_again(self) -> tuple[str, ...]:
        """Infers dates again that rest on other articles' days than there are now; the ids of those that changed."""
        dating = _Dating.of(self.store.stated_days().values())
        redated: list[str] = []
        for batch in _batches(self.store.without_stated_day(dating.name)):
            entries = [self._entry(article, dating) for article in self._with_other_dates(batch, dating)]
            self._follow(self.store.write(entries, dating.name, unless_changed=True))
            self.store.set_dating(batch, dating.name)
            redated += [article.id for article, _ in entries]
        return tuple(redated)

    def _with_other_dates(self, article_ids: Iterable[str], dating: _Dating) -> Iterator[Article]:
        for article_id in article_ids:
            try:
                article = self.store.article(article_id)
            except UnknownArticle:  # another process removed it
                continue
            bare = article.model_copy(update={"published": None})
            if _dated(bare, dating).published != article.published:
                yield bare

    # -------------------------------------------------- ranker

    def _follow(self, written: WriteResult) -> None:
        """Does in the ranker what was done in the store, unless another process wrote in between (see refresh)."""
        if written.before == self._revision:
            self._change_ranker(written.removed, map(document_of, written.added), (row.key for row in written.added))
            self._revision = written.after

    def _catch_up(self) -> None:
        """Brings the ranker's passages to the store's; row ids are never used again, so comparing them is enough."""
        revision, keys = self.store.snapshot()
        new = keys - self._keys
        self._change_ranker(self._keys - keys, self.store.documents(new), new)
        self._revision = revision

    def _change_ranker(self, gone: Collection[int], documents: Iterable[Document], new: Iterable[int]) -> None:
        self.ranker.add(documents)
        if gone:
            self.ranker.remove(gone)
        self._keys.difference_update(gone)
        self._keys.update(new)

    def _save_if_changed(self) -> None:
        self.refresh()
        if self._revision != self._saved:
            self._save()

    def _save(self) -> None:
        """Saves the index; where that fails the articles are in all the same, and it is made anew when next opened."""
        if self._revision is None:
            return
        try:
            self.ranker.save(self._index_folder, self._revision)
            self._saved = self._revision
        except OSError as error:
            _log.warning("the index cannot be saved in %s (%s); it will be made anew", self._index_folder, error)


def _arrivals(paths: Sequence[Path], known: Mapping[str, str], report_progress: Progress) -> _Arrivals:
    arrivals = _Arrivals([], [], [])
    for number, item in enumerate(read_articles(*paths), start=1):
        if isinstance(item, Refusal):
            arrivals.refused.append(item)
            continue
        report_progress(number, None, item.id)
        if item.fingerprint == known.get(item.id):
            arrivals.unchanged.append(item.id)
        else:
            arrivals.articles.append(item)
    return arrivals


def _report(arrivals: _Arrivals, known: Collection[str], redated: tuple[str, ...]) -> IngestReport:
    ids = [article.id for article in arrivals.articles]
    return IngestReport(
        added=tuple(article_id for article_id in ids if article_id not in known),
        replaced=tuple(article_id for article_id in ids if article_id in known),
        unchanged=tuple(arrivals.unchanged),
        refused=tuple(arrivals.refused),
        redated=redated,
    )


def _dated(article: Article, dating: _Dating) -> Article:
    if article.published:
        return article
    return article.model_copy(update={"published": infer_published(article.text, dating.days)})


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _ignore(_done: int, _total: int | None, _article_id: str) -> None:
    """For an import that nobody watches."""
