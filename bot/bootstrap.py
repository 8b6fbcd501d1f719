"""The composition root: settings in, everything real out, each part built once and when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from bot.answering import questions
from bot.answering.answerer import Answerer
from bot.answering.models import Trace
from bot.settings import Settings
from retrieval.engine import Engine, open_engine
from retrieval.ingest import Ingest, IngestReport, Progress
from retrieval.language import Language
from retrieval.models import Article, CorpusProfile, Header, Hit
from retrieval.search import Search
from retrieval.store import Store

STORE, INDEX, ORIGIN = "dateline.sqlite", "index", "origin"


class Dateline:
    """Everything that serves one data folder."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    @cached_property
    def language(self) -> Language:
        return Language(self.settings.spacy_model)

    @cached_property
    def engine(self) -> Engine:
        return open_engine(self.settings.ranker)

    @cached_property
    def ingest(self) -> Ingest:
        return Ingest(self.store, self.language, self.engine, self.settings.data_dir / INDEX)

    @cached_property
    def search(self) -> Search:
        return Search(self.store, self.engine)

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.search.find, self.language.analyse, self.store.profile, threshold=self.settings.threshold)

    def answer(self, text: str, today: date | None = None, *, always: bool = False) -> Trace:
        """What the articles say to a question, also those that another process added a moment ago."""
        self.ingest.refresh()
        return self.answerer.answer(text, today=today, always=always)

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question or to words, best first, ``limit`` at most."""
        if not text.strip():
            return ()
        self.ingest.refresh()
        question = questions.read(self.language.analyse(text), self.store.profile(), today=today)
        return self.search.find(question.query(limit)).hits

    def profile(self) -> CorpusProfile:
        return self.store.profile()

    def headers(self) -> tuple[Header, ...]:
        return self.store.headers()

    def article(self, article_id: str) -> Article:
        """The article of an id. Raises UnknownArticle."""
        return self.store.article(article_id)

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> IngestReport:
        """Import files and folders; what cannot be read is in the report."""
        return self.ingest.add(paths, progress)

    def remove(self, article_id: str) -> None:
        """Take an article out of every answer. Raises UnknownArticle."""
        self.ingest.remove(article_id)

    def close(self) -> None:
        self.store.close()


def build(settings: Settings, *, empty: bool = False) -> Dateline:
    """Dateline over the settings' data folder; a new one is filled with the seed articles unless ``empty``."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    dateline = Dateline(settings, Store(settings.data_dir / STORE))
    origin = settings.data_dir / ORIGIN
    if not origin.exists():
        if not empty and not dateline.headers():
            dateline.ingest.add([seeds()])
        origin.write_text("empty\n" if empty else "seeds\n", encoding="utf-8")
    return dateline


def seeds() -> Path:
    """The folder of seed articles: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
