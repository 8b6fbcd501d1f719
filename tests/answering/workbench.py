"""Answering over invented articles: the whole system, or single packages without store and index."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.answering.models import Answer, NoAnswer, Question, Trace
from bot.answering.pipeline import Answerer
from bot.answering.question.parser import parse_question
from bot.answering.reader.answer_extractor import extract_answers
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.question_terms import question_terms
from bot.answering.reader.sentence_ranker import rank_sentences
from bot.answering.reader.term_matching import QuestionTerms
from bot.answering.response.text import to_plain
from retrieval.documents.passages import split_passages
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest
from retrieval.models import (
    Article,
    CorpusProfile,
    Finding,
    Header,
    Hit,
    Knowledge,
    Passage,
    Query,
    TermCount,
)
from retrieval.search.searcher import Searcher
from retrieval.storage.store import Store
from retrieval.text.tokens import tokenize
from retrieval.timex.finder import find_dates
from tests.factories import make_article, make_published

DAY = date(2021, 5, 6)
"""When the invented articles appear: a Thursday."""
WEIGHTS = {"ferri": 2.0, "sink": 1.0, "dover": 4.0}
"""The idf of the terms that ``terms_of`` knows."""


def report(
    text: str, article_id: str = "report", outlet: str | None = "Coastal Herald", title: str | None = None
) -> Article:
    """An article of nothing but ``text``."""
    return make_article(article_id, text=text, title=title, outlet=outlet, published=make_published(DAY))


def profile_of(articles: Sequence[Article]) -> CorpusProfile:
    days = sorted(article.published.day for article in articles if article.published)
    return CorpusProfile(
        articles=len(articles),
        outlets=tuple(dict.fromkeys(article.outlet for article in articles if article.outlet)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def hits_of(language: EntityRecogniser, articles: Iterable[Article]) -> tuple[Hit, ...]:
    """Every passage of the articles as a hit, in their order."""
    annotated = [(article, language.annotate(article, split_passages(article))) for article in articles]
    pairs = [(article, passage) for article, passages in annotated for passage in passages]
    return tuple(_hit(article, passage, rank) for rank, (article, passage) in enumerate(pairs, start=1))


def _hit(article: Article, passage: Passage, rank: int, score: float = 1.0) -> Hit:
    tokens = tuple(tokenize(passage.words_of(sentence.span), sentence.span.start) for sentence in passage.sentences)
    return Hit(passage=passage, header=Header.of(article), score=score, rank=rank, tokens=tokens)


def finding_of(question: Question, hits: Sequence[Hit]) -> Finding:
    """What a search over nothing but these hits would bring: those that share a term with the question, best first."""
    query = question.query(max(1, len(hits)))
    terms = [{token.term for tokens in hit.tokens for token in tokens} for hit in hits]
    holding = {term: [place for place, known in enumerate(terms) if term in known] for term in query.terms}
    idf = {term: math.log((len(hits) + 1) / max(1, len(places))) for term, places in holding.items()}
    scores = [sum(idf[term] for term in query.terms if term in known) for known in terms]
    found = (place for place, score in enumerate(scores) if score or not query.terms)
    best = sorted(found, key=lambda place: -scores[place])
    return Finding(
        query=query,
        hits=tuple(
            hits[place].model_copy(update={"rank": rank, "score": scores[place]})
            for rank, place in enumerate(best, start=1)
        ),
        counts=tuple(
            TermCount(
                term=term,
                word=term,
                passages=len(places),
                articles=len({hits[place].header.id for place in places}),
                idf=idf[term],
            )
            for term, places in holding.items()
        ),
    )


def question_of(
    language: EntityRecogniser, text: str, articles: Sequence[Article] = (), today: date | None = None
) -> Question:
    return parse_question(language.analyse(text), profile_of(articles), today=today)


def terms_of(language: EntityRecogniser, text: str, **found: object) -> QuestionTerms:
    """The terms of a question to a corpus that knows no others than those of WEIGHTS, each in one passage."""
    counts = tuple(TermCount(term=term, word=term, passages=1, articles=1, idf=idf) for term, idf in WEIGHTS.items())
    finding = Finding.model_validate({"query": Query(), "counts": counts, **found})
    return question_terms(question_of(language, text), finding)


def words_at(terms: QuestionTerms, numbers: Iterable[int]) -> set[str]:
    """The question's words of these numbers."""
    return {terms.distinct[number].word for number in numbers}


def context_of(language: EntityRecogniser, text: str, *articles: Article) -> AnswerContext:
    """The context of a question over these articles, before its confidence is estimated."""
    question = question_of(language, text, articles)
    finding = finding_of(question, hits_of(language, articles))
    terms = question_terms(question, finding)
    evidence = rank_sentences(question, terms, finding)
    candidates = extract_answers(question, terms, evidence)
    return AnswerContext(question=question, terms=terms, finding=finding, evidence=evidence, candidates=candidates)


class System:
    """Store, index, search, language and answering over a folder."""

    def __init__(self, folder: Path, language: EntityRecogniser, articles: Sequence[Article] = ()) -> None:
        self._folder = folder
        self.store = Store(folder / "dateline.sqlite")
        engine = open_ranker("plus")
        self.ingest = Ingest(self.store, language, engine, folder / "index")
        self.ingest.open_index()
        self.search = Searcher(self.store, engine)
        self.answerer = Answerer(self.search.find, language.analyse, self.store.profile, find_dates=find_dates)
        if articles:
            self.add(*articles)

    def add(self, *articles: Article) -> None:
        path = self._folder / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(_fields(article))}\n" for article in articles), encoding="utf-8")
        report = self.ingest.add([path])
        assert not report.refused, report

    def ask(self, text: str, *, always: bool = False) -> Trace:
        return self.answerer.answer(text, today=DAY, always=always)

    def answer(self, text: str, *, always: bool = False) -> Answer:
        """The answer to a question that must have one."""
        reply = self.ask(text, always=always).reply
        assert isinstance(reply, Answer), to_plain(reply)
        return reply

    def silence(self, text: str) -> NoAnswer:
        """The refusal of a question that must have none."""
        reply = self.ask(text).reply
        assert isinstance(reply, NoAnswer), to_plain(reply)
        return reply

    def short(self, text: str) -> str | None:
        """The short answer to a question that must be answered."""
        short = self.answer(text).short
        return short.text if short else None

    def said(self, text: str) -> str:
        """The whole reply as plain text."""
        return to_plain(self.ask(text).reply)


def _fields(article: Article) -> dict[str, str | None]:
    published = article.published
    stated = published if published and published.known is Knowledge.STATED else None
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.outlet,
        "published": stated and stated.day.isoformat(),
        "url": article.url,
    }
