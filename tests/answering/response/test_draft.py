"""A draft: each quote has one number, numbers count from 1, and what is written is an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from bot.answering.models import Evidence, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.draft import Draft
from retrieval.models import Span
from tests.answering.workbench import told

Ask = Callable[..., AnswerContext]


@pytest.fixture
def put(case: Ask) -> AnswerContext:
    texts = ("The ferry sank on 4 May. The ferry was old.", "On Tuesday the ferry sank.")
    return case("When did the ferry sink?", *(told(text, f"report {place}") for place, text in enumerate(texts)))


def sentence(put: AnswerContext, words: str) -> Evidence:
    return next(evidence for evidence in put.evidence if evidence.text == words)


def test_a_quote_keeps_its_number(put: AnswerContext) -> None:
    draft, old, tuesday = Draft(), sentence(put, "The ferry was old."), sentence(put, "On Tuesday the ferry sank.")
    numbers = [draft.number(each, each.span) for each in (old, tuesday, old)]
    assert numbers == [1, 2, 1]
    assert [citation.quote for citation in draft.citations] == ["The ferry was old.", "On Tuesday the ferry sank."]


def test_a_part_of_a_quote_has_the_number_of_the_quote(put: AnswerContext) -> None:
    draft, old = Draft(), sentence(put, "The ferry was old.")
    whole = draft.number(old, old.hit.passage.span)
    assert draft.number(old, Span(start=old.span.start, end=old.span.start + 9)) == whole


def test_it_knows_which_sentences_are_quoted(put: AnswerContext) -> None:
    draft, old, first = Draft(), sentence(put, "The ferry was old."), sentence(put, "The ferry sank on 4 May.")
    draft.number(old, old.span)
    assert draft.quotes(old)
    assert not draft.quotes(first)


def test_what_is_written_is_the_answer_in_order(put: AnswerContext) -> None:
    draft, first = Draft(), sentence(put, "The ferry sank on 4 May.")
    draft.say(StatementKind.SHORT, "4 May", (draft.number(first, first.span),), "a note")
    draft.quote(1, "another note")
    answer = draft.answer(put, 0.75)
    assert [(each.kind, each.text, each.note, each.numbers) for each in answer.statements] == [
        (StatementKind.SHORT, "4 May", "a note", (1,)),
        (StatementKind.QUOTE, "The ferry sank on 4 May.", "another note", (1,)),
    ]
    assert (answer.question, answer.confidence) == (put.question, 0.75)


def test_a_draft_without_a_citation_is_no_answer(put: AnswerContext) -> None:
    draft = Draft()
    draft.say(StatementKind.REMARK, "The articles differ.", ())
    with pytest.raises(ValidationError):
        draft.answer(put, 0.75)
