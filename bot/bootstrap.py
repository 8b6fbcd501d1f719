"""The composition root: settings in, everything real out, built once; what takes long is loaded when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from bot.answering.dialogue.state import CitedText, DialogueState, update_state
from bot.answering.models import Trace
from bot.answering.pipeline import Answerer
from bot.answering.question.filters import apply_filters, has_filters
from bot.answering.question.parser import parse_question
from bot.settings import Settings
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest, IngestReport, Progress
from retrieval.models import Article, CorpusProfile, Header, Hit, Mention, Passage
from retrieval.search.searcher import Searcher
from retrieval.storage.store import Store
from retrieval.timex.finder import find_dates

STORE, INDEX, ORIGIN = "dateline.sqlite", "index", "origin"
# texts whose analysis is remembered: while a question is answered, it is looked at as typed and as it was resumed
ANALYSED = 64


@dataclass(frozen=True)
class Dateline:
    """Everything that serves one data folder."""

    store: Store
    language: EntityRecogniser
    ingest: Ingest
    search: Searcher
    answerer: Answerer

    def answer(
        self,
        text: str,
        today: date | None = None,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
        always: bool = False,
    ) -> Trace:
        """What the articles say to a question, also those that another process added a moment ago.

        ``previous`` is the conversation before it, as ``state_after`` made it of the last trace; ``expired`` one
        that is over."""
        self.ingest.refresh()
        ask = partial(Answerer.answer, previous=previous, expired=expired, today=today, always=always)
        if not has_filters(text):
            return ask(self.answerer, text)
        filtered = apply_filters(text, self.store.profile().outlets)
        trace = ask(self.answerer.over(filtered.finder(self.search.find)), filtered.text)
        return trace.model_copy(update={"text": text})

    def state_about(self, words: str, mentions: tuple[Mention, ...] = ()) -> DialogueState:
        """The talk that words which somebody points at would leave; ``mentions`` are those known of the words."""
        analysed = self.language.analyse(words)
        analysed = analysed.model_copy(update={"mentions": mentions}) if mentions else analysed
        return update_state(None, analysed, [CitedText(text=words, mentions=analysed.mentions)])

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question or to words, best first, ``limit`` at most."""
        if not text.strip():
            return ()
        self.ingest.refresh()
        profile = self.store.profile()
        narrow = apply_filters(text, profile.outlets)
        question = parse_question(self.language.analyse(narrow.text), profile, today=today)
        return self.search.find(narrow.query(question.query(limit))).hits[:limit]

    def profile(self) -> CorpusProfile:
        return self.store.profile()

    def headers(self) -> tuple[Header, ...]:
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
        """Take an article out of every answer. Raises UnknownArticle."""
        self.ingest.remove(article_id)

    def refresh(self) -> bool:
        """Take up what another process changed in the articles; whether there was anything."""
        return self.ingest.refresh()

    def warm(self) -> None:
        """Load what the first answer needs, so that it is as quick as the others."""
        self.ingest.refresh()
        self.language.analyse("Who?")

    def close(self) -> None:
        self.store.close()


def build(settings: Settings, *, empty: bool = False) -> Dateline:
    """Dateline over the settings' data folder; a new one is filled with the seed articles unless ``empty``."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    dateline = _joined(settings)
    origin = settings.data_dir / ORIGIN
    if not origin.exists():
        if not empty and not dateline.headers():
            dateline.add([seeds()])
        origin.write_text("empty\n" if empty else "seeds\n", encoding="utf-8")
    return dateline


def _joined(settings: Settings) -> Dateline:
    store = Store(settings.data_dir / STORE)
    engine = open_ranker(settings.ranker)
    language = EntityRecogniser(settings.spacy_model)
    search = Searcher(store, engine)
    analyse = lru_cache(maxsize=ANALYSED)(language.analyse)
    return Dateline(
        store=store,
        language=language,
        ingest=Ingest(store, language, engine, settings.data_dir / INDEX),
        search=search,
        answerer=Answerer(search.find, analyse, store.profile, threshold=settings.threshold, find_dates=find_dates),
    )


def seeds() -> Path:
    """The folder of seed articles: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
