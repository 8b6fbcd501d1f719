"""The composer: what an answer says, in which order, and with which numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.confidence.abstention import Judgement
from bot.answering.models import Answer, NoAnswer, Reason, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.composer import compose
from retrieval.models import CorpusProfile
from tests.answering.workbench import report

Ask = Callable[..., AnswerContext]
SURE = Judgement(probability=0.9)
PROFILE = CorpusProfile(articles=3)


def composed(context: AnswerContext) -> Answer:
    reply = compose(context, SURE, PROFILE)
    assert isinstance(reply, Answer)
    return reply


def said(answer: Answer, kind: StatementKind) -> list[tuple[str, tuple[int, ...]]]:
    return [(statement.text, statement.numbers) for statement in answer.statements if statement.kind is kind]


def test_a_short_answer_comes_before_its_proof(ask: Ask) -> None:
    answer = composed(ask("When did the ferry sink?", "The ferry sank on 4 May."))
    assert [statement.kind for statement in answer.statements] == [StatementKind.SHORT, StatementKind.QUOTE]
    assert said(answer, StatementKind.SHORT) == [("4 May 2021", (1,))]
    assert said(answer, StatementKind.QUOTE) == [("The ferry sank on 4 May.", (1,))]
    assert answer.confidence == 0.9


def test_a_kind_without_a_short_answer_is_quoted(ask: Ask) -> None:
    answer = composed(ask("How did they raise the ferry?", "They raised the ferry with balloons."))
    assert answer.short is None
    assert [text for text, _ in said(answer, StatementKind.QUOTE)] == ["They raised the ferry with balloons."]


def test_articles_that_agree_prove_one_short_answer(ask: Ask) -> None:
    context = ask(
        "When did the ferry sink?",
        report("The ferry sank on 4 May.", "one"),
        report("On Tuesday the ferry sank.", "two"),
    )
    answer = composed(context)
    assert said(answer, StatementKind.SHORT) == [("4 May 2021", (1, 2))]
    assert [numbers for _, numbers in said(answer, StatementKind.QUOTE)] == [(1,), (2,)]
    assert {citation.article_id for citation in answer.citations} == {"one", "two"}


def test_articles_that_differ_are_both_shown(ask: Ask) -> None:
    context = ask(
        "When did the ferry sink?", report("The ferry sank on 4 May.", "one"), report("The ferry sank on 5 May.", "two")
    )
    shorts = said(composed(context), StatementKind.SHORT)
    assert sorted(text for text, _ in shorts) == ["4 May 2021", "5 May 2021"]
    assert sorted(numbers for _, numbers in shorts) == [(1,), (2,)]


def test_a_second_sentence_nearly_as_good_is_quoted_too(ask: Ask) -> None:
    answer = composed(
        ask("What did divers find?", "Divers found the bell.\n\nDivers found the wheel.\n\nA dog barked.")
    )
    assert [text for text, _ in said(answer, StatementKind.QUOTE)] == [
        "Divers found the bell.",
        "Divers found the wheel.",
    ]


def test_a_second_sentence_far_worse_is_not(ask: Ask) -> None:
    answer = composed(ask("What did the divers find?", "The divers found the bell.\n\nA dog barked at the men."))
    assert len(answer.citations) == 1


def test_a_list_gives_items_and_quotes_each_sentence_once(ask: Ask) -> None:
    answer = composed(ask("Which countries lost a ferry?", "Norway, Sweden and Denmark lost a ferry."))
    assert said(answer, StatementKind.ITEM) == [("Norway", (1,)), ("Sweden", (1,)), ("Denmark", (1,))]
    assert said(answer, StatementKind.QUOTE) == [("Norway, Sweden and Denmark lost a ferry.", (1,))]


def test_a_list_of_one_is_an_answer_like_any_other(ask: Ask) -> None:
    answer = composed(ask("Which countries lost a ferry?", "Norway lost a ferry."))
    assert said(answer, StatementKind.ITEM) == []
    assert said(answer, StatementKind.QUOTE) == [("Norway lost a ferry.", (1,))]


@pytest.mark.parametrize("reason", [Reason.NOT_SURE, Reason.UNKNOWN_NAME, Reason.VALUE_NOT_GIVEN])
def test_silence_gives_its_reason_and_the_nearest_passages(ask: Ask, reason: Reason) -> None:
    context = ask(
        "When did the ferry sink?", report("The ferry sank.", "one"), report("A ferry sank in the fog.", "two")
    )
    reply = compose(context, Judgement(probability=0.1, reason=reason), PROFILE)
    assert isinstance(reply, NoAnswer)
    assert (reply.reason, reply.confidence, reply.profile) == (reason, 0.1, PROFILE)
    assert [citation.number for citation in reply.nearest] == [1, 2]
    assert all(citation.quote in {"The ferry sank.", "A ferry sank in the fog."} for citation in reply.nearest)


CLOSEST = Judgement(probability=0.3, reason=Reason.CLOSEST)


def closest_quotes(put: AnswerContext) -> list[str]:
    reply = compose(put, CLOSEST, PROFILE)
    assert isinstance(reply, NoAnswer)
    assert (reply.reason, reply.confidence) == (Reason.CLOSEST, 0.3)
    assert [citation.number for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    return [citation.quote for citation in reply.citations]


def test_the_closest_are_three_sentences_and_the_best_is_first(ask: Ask) -> None:
    put = ask(
        "When did the old ferry sink?",
        "A dog barked at a ferry. The old ferry sank on 4 May. It was a Tuesday. The ferry was old. A ferry is big.",
    )
    quotes = closest_quotes(put)
    assert quotes == [piece.text for piece in put.evidence[:3]]
    assert quotes[0] == "The old ferry sank on 4 May."


def test_the_closest_quote_no_sentence_twice(ask: Ask) -> None:
    wire = "The old ferry Sverre sank off the coast of Norway with nine sailors on Tuesday"
    put = ask(
        "When did the ferry sink?",
        report(f"{wire} night.", "one"),
        report(f"{wire} evening.", "two"),
        report("The ferry sank.", "three"),
        report("The ferry sank.", "four"),
    )
    quotes = closest_quotes(put)
    assert len(quotes) == 2
    assert "The ferry sank." in quotes


def test_the_closest_of_somebodys_words_are_theirs(ask: Ask) -> None:
    put = ask(
        "What did Anna Lund say about the ferry?",
        '"The ferry is lost," Anna Lund said. "The ferry is safe," said Jon Berg. The ferry left Oslo.',
    )
    assert all("Anna Lund" in quote for quote in closest_quotes(put))


def test_silence_without_evidence_shows_no_passages(ask: Ask) -> None:
    reply = compose(ask("zeppelin?", "A dog barked."), Judgement(probability=0.0, reason=Reason.NOTHING_FOUND), PROFILE)
    assert isinstance(reply, NoAnswer)
    assert reply.nearest == ()
