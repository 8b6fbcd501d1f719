"""Every inline result is a finished answer or passage within Telegram's limits, and pages follow one another."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.handlers.inline import inline_article
from bot.chat.persistence.answers import AnswerStore
from bot.chat.responses.inline_results import InlineResultsBuilder
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.deep_links import DeepLink, LinkTarget
from bot.chat.views.html import parse, text_of
from tests.chat.conftest import Shelved, Unsure
from tests.factories import SENTENCE, make_article

TO = Recipient(today=date(2022, 1, 7), private=False, us="lab_bot")


@pytest.fixture
def dateline():
    return Shelved([make_article(), *(make_article(f"n{i}", text=f"A storm {i} came.") for i in range(25))])


@pytest.fixture
def answers(memory):
    return AnswerStore(memory)


@pytest.fixture
def builder(dateline, answers):
    return InlineResultsBuilder(dateline, answers)


def test_the_first_result_is_the_finished_answer_with_its_question_and_a_link_to_it(builder, answers):
    answer, passage = builder.page("when ferry dover", 0, TO).results
    assert (answer.title, answer.description) == ("4 May", f"Channel News, 6 May 2021: {SENTENCE}")
    assert answer.part.plain.startswith("when ferry dover\n\n4 May")
    assert SENTENCE in answer.part.plain and "[1] Channel News" in answer.part.plain
    ((button,),) = answer.part.buttons
    link = DeepLink.read((button.url or "").rpartition("=")[2])
    assert link is not None and answers.find(link.about).question == "when ferry dover"
    assert passage.title == "Ferry reaches Dover" and SENTENCE in passage.part.plain


def test_where_there_is_no_answer_there_may_be_passages_or_nothing(builder):
    assert builder.page("moon cheese", 0, TO).results == ()


def test_the_closest_quotes_are_no_answer(answers):
    results = InlineResultsBuilder(Unsure([make_article()]), answers).page("when ferry dover", 0, TO).results
    assert [result.title for result in results] == ["Ferry reaches Dover"]
    assert "Not sure" not in results[0].part.plain


def test_pages_follow_one_another_and_nothing_comes_twice(builder):
    seen, offset, pages = [], 0, 0
    while offset is not None:
        page = builder.page("storm", offset, TO)
        assert len(page.results) <= 6
        seen += [result.id for result in page.results]
        offset, pages = page.next_offset, pages + 1
    assert (len(seen), len(set(seen)), pages) == (26, 26, 5)
    assert builder.page("storm", 400, TO).results == ()


def test_there_are_no_more_than_fifty_passages():
    many = InlineResultsBuilder(
        Shelved(make_article(f"n{i}", text=f"A storm {i} came.") for i in range(80)), FakeAnswers()
    )
    assert [many.page("storm", offset, TO).next_offset for offset in (0, 5, 45, 50)] == [5, 10, None, None]


class FakeAnswers:
    """Keeps nothing."""

    def keep(self, answered: object) -> None:
        """Nothing is kept."""


def test_nothing_typed_shows_questions_with_answers_and_the_newest_articles():
    dateline = Shelved([make_article(), make_article("two", text="Nobody was hurt on 6 May.", title="No harm")])
    results = InlineResultsBuilder(dateline, FakeAnswers()).page("  ", 0, TO).results
    titles = [result.title for result in results]
    assert titles[0] == "What happened on 6 May 2021?" and results[0].description == "4 May"
    assert titles[-2:] == ["Ferry reaches Dover", "No harm"]
    assert InlineResultsBuilder(Shelved(), FakeAnswers()).page("", 0, TO).results == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_is_within_every_limit_however_long_the_article(language):
    long = make_article("long", text="A <storm> & more came. " * 2000, title="T" * 900)
    to = TO.model_copy(update={"language": language})
    for result in InlineResultsBuilder(Shelved([long]), FakeAnswers()).page("storm a", 0, to).results:
        made = inline_article(result)
        assert 1 <= len(made.id.encode()) <= 64
        assert len(made.title) <= 80 and len(made.description) <= 160
        assert len(text_of(parse(made.input_message_content.message_text))) <= 4096
        link = DeepLink.read(result.part.buttons[0][0].url.rpartition("=")[2])
        assert link is not None and link.to in (LinkTarget.ANSWER, LinkTarget.PASSAGE)
