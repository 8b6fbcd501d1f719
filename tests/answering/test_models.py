"""Records of answering: a bad answer cannot be made."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.answering.models import (
    Answer,
    Candidate,
    Citation,
    Evidence,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
    Statement,
    StatementKind,
)
from retrieval.models import Analysis, Header, Hit, Passage, Sentence, Span

TEXT = "The ferry reached Dover on 4 May."
PASSAGE = Passage(
    id="ferry#0", article_id="ferry", span=Span(start=10, end=10 + len(TEXT)), text=TEXT,
    sentences=(Sentence(span=Span(start=10, end=10 + len(TEXT))),),
)  # fmt: skip
HIT = Hit(passage=PASSAGE, header=Header(id="ferry"), score=1.0, rank=1, tokens=((),))
QUESTION = Question(text="When?", kind=QuestionKind.WHEN, analysis=Analysis(text="When?"))


def citation(number: int = 1, quote: str = TEXT, start: int = 10, end: int = 10 + len(TEXT)) -> Citation:
    return Citation(number=number, header=HIT.header, quote=quote, span=Span(start=start, end=end), passage=PASSAGE)


def quoted(number: int = 1, text: str = TEXT) -> Statement:
    return Statement(kind=StatementKind.QUOTE, text=text, numbers=(number,))


def answer(statements: tuple[Statement, ...], citations: tuple[Citation, ...]) -> Answer:
    return Answer(question=QUESTION, statements=statements, citations=citations, confidence=0.5)


def test_a_true_answer_can_be_made() -> None:
    assert answer((quoted(),), (citation(),)).citation(1).quote == TEXT


def test_a_quote_must_stand_in_its_article() -> None:
    with pytest.raises(ValidationError, match="not what article"):
        citation(quote="The ferry reached Calais on 4 May.")
    with pytest.raises(ValidationError, match="lies outside"):
        citation(start=0, end=5, quote="other")


def test_a_citation_must_be_of_its_passages_article() -> None:
    with pytest.raises(ValidationError, match="not of article"):
        Citation(number=1, header=Header(id="other"), quote=TEXT, span=PASSAGE.span, passage=PASSAGE)


def test_a_statement_needs_a_citation() -> None:
    with pytest.raises(ValidationError):
        Statement(kind=StatementKind.SHORT, text="4 May", numbers=())


@pytest.mark.parametrize(
    ("statements", "citations"),
    [
        ((quoted(1),), ()),
        ((), (citation(),)),
        ((quoted(2),), (citation(2),)),
        ((quoted(1),), (citation(1), citation(2))),
        ((quoted(1), quoted(2)), (citation(1),)),
        ((quoted(1, text="The ferry reached Calais."),), (citation(1),)),
    ],
)
def test_citations_are_numbered_used_and_quoted_truly(
    statements: tuple[Statement, ...], citations: tuple[Citation, ...]
) -> None:
    with pytest.raises(ValidationError):
        answer(statements, citations)


def test_a_candidate_is_verbatim_or_names_its_rule() -> None:
    evidence = Evidence(hit=HIT, index=0, score=1.0)
    span = Span(start=37, end=42)
    assert Candidate(text="4 May", span=span, evidence=evidence).words == "4 May"
    assert Candidate(text="4 May 2021", span=span, evidence=evidence, rule="the year of the article").rule
    with pytest.raises(ValidationError, match="names no rule"):
        Candidate(text="4 May 2021", span=span, evidence=evidence)


def test_evidence_is_a_sentence_of_its_passage() -> None:
    with pytest.raises(ValidationError, match="no sentence 1"):
        Evidence(hit=HIT, index=1, score=1.0)


def test_a_reply_that_shows_the_closest_quotes_has_one() -> None:
    with pytest.raises(ValidationError, match="closest"):
        NoAnswer(text="x", kind=QuestionKind.WHO, reason=Reason.CLOSEST)


@pytest.mark.parametrize(("reason", "quotes"), [(Reason.CLOSEST, 1), (Reason.NOT_SURE, 0)])
def test_only_the_closest_quotes_are_shown(reason: Reason, quotes: int) -> None:
    reply = NoAnswer(text="x", kind=QuestionKind.WHO, reason=reason, nearest=(citation(1),))
    assert len(reply.citations) == quotes


def test_the_nearest_passages_of_a_silence_are_numbered_too() -> None:
    with pytest.raises(ValidationError, match="numbered"):
        NoAnswer(text="x", kind=QuestionKind.WHO, reason=Reason.NOT_SURE, nearest=(citation(2),))
