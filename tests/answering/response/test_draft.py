"""A draft: each quote has one number, numbers count from 1, and what is written is an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from bot.answering.models import Evidence, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.draft import Draft
from retrieval.models import Span
from tests.answering.workbench import report

Ask = Callable[..., AnswerContext]


@pytest.fixture
def context(ask: Ask) -> AnswerContext:
    texts = ("The ferry sank on 4 May. The ferry was old.", "On Tuesday the ferry sank.")
    return ask("When did the ferry sink?", *(report(text, f"report {place}") for place, text in enumerate(texts)))


def sentence(context: AnswerContext, words: str) -> Evidence:
    return next(evidence for evidence in context.evidence if evidence.text == words)


def test_a_quote_keeps_its_number(context: AnswerContext) -> None:
    draft, old, tuesday = (
        Draft(),
        sentence(context, "The ferry was old."),
        sentence(context, "On Tuesday the ferry sank."),
    )
    numbers = [draft.number(each, each.span) for each in (old, tuesday, old)]
    assert numbers == [1, 2, 1]
    assert [citation.quote for citation in draft.citations] == ["The ferry was old.", "On Tuesday the ferry sank."]


def test_a_part_of_a_quote_has_the_number_of_the_quote(context: AnswerContext) -> None:
    draft, old = Draft(), sentence(context, "The ferry was old.")
    whole = draft.number(old, old.hit.passage.span)
    assert draft.number(old, Span(start=old.span.start, end=old.span.start + 9)) == whole


def test_it_knows_which_sentences_are_quoted(context: AnswerContext) -> None:
    draft, old, first = Draft(), sentence(context, "The ferry was old."), sentence(context, "The ferry sank on 4 May.")
    draft.number(old, old.span)
    assert draft.quotes(old)
    assert not draft.quotes(first)


def test_what_is_written_is_the_answer_in_order(context: AnswerContext) -> None:
    draft, first = Draft(), sentence(context, "The ferry sank on 4 May.")
    draft.say(StatementKind.SHORT, "4 May", (draft.number(first, first.span),), "a note")
    draft.quote(1, "another note")
    answer = draft.answer(context, 0.75)
    assert [(each.kind, each.text, each.note, each.numbers) for each in answer.statements] == [
        (StatementKind.SHORT, "4 May", "a note", (1,)),
        (StatementKind.QUOTE, "The ferry sank on 4 May.", "another note", (1,)),
    ]
    assert (answer.question, answer.confidence) == (context.question, 0.75)


def test_a_draft_without_a_citation_is_no_answer(context: AnswerContext) -> None:
    draft = Draft()
    draft.say(StatementKind.REMARK, "The articles differ.", ())
    with pytest.raises(ValidationError):
        draft.answer(context, 0.75)
