"""The composition root: builds Dateline from settings; what takes long is loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal

from bot.answering.dialogue.state import CitedText, DialogueState, update_state
from bot.answering.models import Trace
from bot.answering.pipeline import Answerer
from bot.answering.question.filters import apply_filters, has_filters
from bot.answering.question.parser import parse_question
from bot.extractive_reader.optional import WEIGHTS, OptionalReader
from bot.settings import Settings
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest, IngestReport, Progress
from retrieval.models import Article, CorpusProfile, Header, Hit, Mention, Passage
from retrieval.search.searcher import Searcher
from retrieval.storage.store import Store
from retrieval.timex.finder import find_dates

STORE, INDEX, ORIGIN = "dateline.sqlite", "index", "origin"
# texts whose analysis is cached: a question is analysed as it was typed and again as it was rewritten
ANALYSED = 64


@dataclass(frozen=True)
class Dateline:
    """The service over one data folder: questions, articles, and what they are answered from."""

    store: Store
    recogniser: EntityRecogniser
    ingest: Ingest
    search: Searcher
    answerer: Answerer
    reader: OptionalReader | None = None

    def answer(
        self,
        text: str,
        today: date | None = None,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
        always: bool = False,
    ) -> Trace:
        """The trace of a question over all articles, also those that another process has just added.

        ``previous`` is the conversation before it (``state_after`` the last trace); ``expired`` one that is over.
        """
        self.ingest.refresh()
        ask = partial(Answerer.answer, previous=previous, expired=expired, today=today, always=always)
        if not has_filters(text):
            return ask(self.answerer, text)
        filtered = apply_filters(text, self.store.profile().outlets)
        trace = ask(self.answerer.over(filtered.finder(self.search.find)), filtered.text)
        return trace.model_copy(update={"text": text})

    def state_about(self, words: str, mentions: tuple[Mention, ...] = ()) -> DialogueState:
        """The state of a conversation about words that are quoted; ``mentions`` are those known of the words."""
        analysed = self.recogniser.analyse(words)
        analysed = analysed.model_copy(update={"mentions": mentions}) if mentions else analysed
        return update_state(None, analysed, [CitedText(text=words, mentions=analysed.mentions)])

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question or to words, best first, ``limit`` at most."""
        if not text.strip():
            return ()
        self.ingest.refresh()
        profile = self.store.profile()
        filtered = apply_filters(text, profile.outlets)
        question = parse_question(self.recogniser.analyse(filtered.text), profile, today=today)
        return self.search.find(filtered.query(question.query(limit))).hits[:limit]

    def profile(self) -> CorpusProfile:
        """What the corpus covers."""
        return self.store.profile()

    def reader_digest(self) -> str | None:
        """What names the weights of the extractive reader; None where answers are found by rules alone."""
        return self.reader.digest if self.reader else None

    def headers(self) -> tuple[Header, ...]:
        """Every article's header, newest first."""
        return self.store.headers()

    def article(self, article_id: str) -> Article:
        """The article of an id. Raises UnknownArticle."""
        return self.store.article(article_id)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of an article, in order. Raises UnknownArticle."""
        return self.store.passages_of(article_id)

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> IngestReport:
        """Import files and folders; what cannot be read is in the report."""
        return self.ingest.add(paths, progress)

    def remove(self, article_id: str) -> None:
        """Remove an article. Raises UnknownArticle."""
        self.ingest.remove(article_id)

    def refresh(self) -> bool:
        """Update the index from what another process changed in the articles; whether there was anything."""
        return self.ingest.refresh()

    def warm(self) -> None:
        """Load what the first answer needs, so that it is as fast as the others."""
        self.ingest.refresh()
        self.recogniser.analyse("Who?")
        if self.reader:
            self.reader.warm()

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def build(settings: Settings, *, empty: bool = False) -> Dateline:
    """Dateline over the settings' data folder; a new one is filled with the seed articles unless ``empty``."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    dateline = _assembled(settings)
    origin = settings.data_dir / ORIGIN
    if not origin.exists():
        if not empty and not dateline.headers():
            dateline.add([seeds()])
        origin.write_text("empty\n" if empty else "seeds\n", encoding="utf-8")
    return dateline


def _assembled(settings: Settings) -> Dateline:
    store = Store(settings.data_dir / STORE)
    ranker = open_ranker(settings.ranker)
    recogniser = EntityRecogniser(settings.spacy_model)
    search = Searcher(store, ranker)
    analyse = lru_cache(maxsize=ANALYSED)(recogniser.analyse)
    reader = _reader(settings.reader)
    answerer = Answerer(
        search.find,
        analyse,
        store.profile,
        threshold=settings.threshold,
        closest_threshold=settings.closest_threshold,
        find_dates=find_dates,
        reader=reader,
    )
    return Dateline(
        store=store,
        recogniser=recogniser,
        ingest=Ingest(store, recogniser, ranker, settings.data_dir / INDEX),
        search=search,
        answerer=answerer,
        reader=reader,
    )


def _reader(chosen: Path | Literal["none"] | None) -> OptionalReader | None:
    """The extractive reader that the setting names; it is loaded when it is first needed."""
    return None if chosen == "none" else OptionalReader(chosen or WEIGHTS)


def seeds() -> Path:
    """The folder of seed articles: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
