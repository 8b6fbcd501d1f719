"""Records with sensible defaults, and a Dateline that lives in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.answering.dialogue.state import DialogueState
from bot.answering.features import ScoreFeature
from bot.answering.models import (
    Answer,
    Candidate,
    Citation,
    Evidence,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
    Reply,
    Statement,
    StatementKind,
    Trace,
)
from retrieval.errors import UnknownArticle
from retrieval.ingest import IngestReport, Progress
from retrieval.models import (
    Analysis,
    Article,
    CorpusProfile,
    Finding,
    Header,
    Hit,
    Knowledge,
    Passage,
    Published,
    Query,
    Sentence,
    Span,
)

SENTENCE = "The ferry reached Dover on 4 May."


def make_published(day: date = date(2021, 5, 6), known: Knowledge = Knowledge.STATED) -> Published:
    return Published(day=day, known=known)


def make_article(
    article_id: str = "ferry",
    text: str = SENTENCE,
    title: str | None = "Ferry reaches Dover",
    outlet: str | None = "Channel News",
    published: Published | None = None,
    url: str | None = None,
) -> Article:
    day = published or make_published()
    return Article(id=article_id, text=text, title=title, outlet=outlet, published=day, url=url)


def make_hit(article: Article | None = None, rank: int = 1, score: float = 2.5) -> Hit:
    article = article or make_article()
    whole = Span(start=0, end=len(article.text))
    passage = Passage(
        id=f"{article.id}#0",
        article_id=article.id,
        span=whole,
        text=article.text,
        sentences=(Sentence(span=whole),),
    )
    return Hit(passage=passage, header=Header.of(article), score=score, rank=rank, tokens=((),))


def make_citation(article: Article | None = None, number: int = 1) -> Citation:
    hit = make_hit(article)
    return Citation(
        number=number, header=hit.header, quote=hit.passage.text, span=hit.passage.span, passage=hit.passage
    )


def make_question(text: str = "When did the ferry reach Dover?", kind: QuestionKind = QuestionKind.WHEN) -> Question:
    return Question(text=text, kind=kind, analysis=Analysis(text=text))


def make_answer(
    question: Question | None = None,
    article: Article | None = None,
    short: str | None = "4 May",
    confidence: float = 0.9,
) -> Answer:
    citation = make_citation(article)
    quoted = Statement(kind=StatementKind.QUOTE, text=citation.quote, numbers=(1,))
    named = (Statement(kind=StatementKind.SHORT, text=short, numbers=(1,)),) if short else ()
    return Answer(
        question=question or make_question(),
        statements=(*named, quoted),
        citations=(citation,),
        confidence=confidence,
    )


def make_silence(
    text: str = "Who stole the moon?", reason: Reason = Reason.NOTHING_FOUND, confidence: float = 0.1
) -> NoAnswer:
    return NoAnswer(text=text, kind=QuestionKind.WHO, reason=reason, confidence=confidence)


def make_closest(*articles: Article, text: str = "When did the ferry reach Dover?") -> NoAnswer:
    """A reply that claims nothing and shows the whole text of each article as the closest quotes."""
    return NoAnswer(
        text=text,
        kind=QuestionKind.WHEN,
        reason=Reason.CLOSEST,
        nearest=tuple(make_citation(article, number) for number, article in enumerate(articles or (None,), start=1)),
        confidence=0.3,
    )


def make_trace(reply: Reply | None = None, hits: Sequence[Hit] = ()) -> Trace:
    reply = reply or make_answer()
    if isinstance(reply, NoAnswer):
        return Trace(text=reply.text, reply=reply)
    found = tuple(hits) or (make_hit(),)
    evidence = Evidence(
        hit=found[0], index=0, score=1.5, features=(ScoreFeature(name="overlap", value=0.5, weight=3.0),)
    )
    return Trace(
        text=reply.question.text,
        question=reply.question,
        finding=Finding(query=Query(terms=("ferri",)), hits=found),
        evidence=(evidence,),
        candidates=(Candidate(text="Dover", span=Span(start=18, end=23), evidence=evidence),),
        confidence=(ScoreFeature(name="coverage", value=1.0, weight=0.8),),
        reply=reply,
    )


class FakeDateline:
    """Dateline in memory: it answers every question that shares a word with an article by that article's text.

    It remembers what it was asked and whether it was warmed and closed.
    """

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.articles = {article.id: article for article in articles}
        self.asked: list[tuple[str, date | None, bool]] = []
        self.talks: list[DialogueState | None] = []
        self.reader: str | None = None
        self.warmed = False
        self.closed = False

    def answer(
        self,
        text: str,
        today: date | None = None,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
        always: bool = False,
    ) -> Trace:
        self.asked.append((text, today, always))
        self.talks.append(previous or expired)
        hits = self.hits(text, 10)
        if not hits:
            return make_trace(make_silence(text or " "))
        answer = make_answer(make_question(text), self.articles[hits[0].header.id])
        return make_trace(answer, hits)

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        wanted = set(text.casefold().strip("?").split())
        found = [article for article in self.articles.values() if wanted & set(article.text.casefold().split())]
        return tuple(make_hit(article, rank) for rank, article in enumerate(found[:limit], start=1))

    def profile(self) -> CorpusProfile:
        return CorpusProfile(articles=len(self.articles), passages=len(self.articles))

    def reader_digest(self) -> str | None:
        return self.reader

    def headers(self) -> tuple[Header, ...]:
        return tuple(Header.of(article) for article in self.articles.values())

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise UnknownArticle(f"no article has the id {article_id!r}")
        return self.articles[article_id]

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> IngestReport:
        added = [make_article(path.stem, text=path.read_text()) for path in paths]
        self.articles |= {article.id: article for article in added}
        return IngestReport(added=tuple(article.id for article in added))

    def remove(self, article_id: str) -> None:
        self.article(article_id)
        del self.articles[article_id]

    def warm(self) -> None:
        self.warmed = True

    def close(self) -> None:
        self.closed = True
