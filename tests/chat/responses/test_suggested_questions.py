"""Next questions: from what the cited passages name, only ones with an answer that tells something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot import bootstrap
from bot.answering.models import Answer
from bot.answering.response.text import to_html
from bot.bootstrap import Dateline
from bot.chat.persistence.answers import StoredAnswer, bare
from bot.chat.responses.suggested_questions import MOST, QuestionSuggester, candidates
from bot.settings import Settings
from tests.factories import make_silence, make_trace

TODAY = date(2021, 5, 7)
STORY = """DOVER, May 6, 2021. The ferry Pelican sank off Dover on May 4 because its hull was torn open by a rock.

Harbour Master Jane Miller said on Wednesday that all 40 passengers were saved. The crew left Calais on May 3.

The mayor of Dover, Peter Holt, thanked the lifeboats on May 5. Holt said the wreck would be raised in June.
"""


@pytest.fixture(scope="module")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dateline]:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    opened = bootstrap.build(Settings(data_dir=folder / "data"), empty=True)
    opened.add([folder / "ferry.txt"])
    yield opened
    opened.close()


def answered(dateline: Dateline, question: str) -> StoredAnswer:
    trace = dateline.answer(question, TODAY)
    return StoredAnswer.of(trace, TODAY, to_html(trace.reply))


@pytest.mark.parametrize(
    "question", ["When did the ferry Pelican sink?", "Who is Peter Holt?", "How many passengers were saved?"]
)
def test_every_suggested_question_has_another_answer(dateline: Dateline, question: str) -> None:
    asked = answered(dateline, question)
    offered = QuestionSuggester(dateline).after(asked)
    assert 1 <= len(offered) <= MOST
    told = [each.short or each.first for each in (asked, *offered)]
    assert len(set(told)) == len(told)
    for each in offered:
        reply = dateline.answer(each.question, TODAY).reply
        assert isinstance(reply, Answer)
        assert bare(each.question) != bare(question)
    assert len({each.id for each in offered}) == len(offered)


def test_the_same_is_asked_by_its_reason_and_what_the_passages_name(dateline: Dateline) -> None:
    trace = dateline.answer("When did the ferry Pelican sink?", TODAY)
    questions = [each.question for each in candidates(trace)]
    assert "Why did the ferry Pelican sink?" in questions
    assert "What happened on 4 May 2021?" in questions
    assert not any("Pelican" in question for question in questions if question.startswith("Who is"))


def test_nothing_is_suggested_without_an_answer() -> None:
    assert list(candidates(make_trace(make_silence()))) == []


def test_questions_to_begin_with_have_answers_and_are_found_once(dateline: Dateline) -> None:
    suggestions = QuestionSuggester(dateline)
    first = suggestions.first(TODAY)
    assert 1 <= len(first) <= MOST
    assert all(isinstance(dateline.answer(each.question, TODAY).reply, Answer) for each in first)
    assert suggestions.first(TODAY) is first
