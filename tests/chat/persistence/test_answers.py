"""Answers are stored under an id of their content, with who was shown them where."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.chat.persistence import answers as answers_module
from bot.chat.persistence.answers import AnswerStore, ShownAnswer, StoredAnswer, StoredQuote
from bot.chat.persistence.chat_database import ChatDatabase
from retrieval.models import Span
from tests.factories import SENTENCE, make_answer, make_closest, make_silence, make_trace

DAY = date(2022, 1, 7)
BLOCKS = ("<b>4 May</b>", "[1] Channel News")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory.sqlite3"


def answered(question: str = "When?", day: date = DAY, blocks: tuple[str, ...] = BLOCKS) -> StoredAnswer:
    return StoredAnswer.of(make_trace(make_answer()).model_copy(update={"text": question}), day, blocks)


def test_the_same_question_with_the_same_answer_has_the_same_name():
    assert answered().id == answered(" when ?").id
    others = [answered("Why?"), answered(day=date(2022, 1, 8)), answered(blocks=BLOCKS[:1]), answered(blocks=())]
    assert len({answered().id, *(other.id for other in others)}) == 5
    assert answered().id.isalnum() and len(answered().id) == 16


def test_an_answer_comes_back_after_a_restart_as_it_was(path):
    abstention = StoredAnswer.of(make_trace(make_silence()), DAY, ("no",))
    with ChatDatabase(path) as memory:
        for each in (answered(), abstention, answered()):
            AnswerStore(memory).keep(each)
    with ChatDatabase(path) as memory:
        assert AnswerStore(memory).find(answered().id) == answered()
        assert AnswerStore(memory).find(abstention.id) == abstention
        assert AnswerStore(memory).find("nothing") is None
    assert (answered().short, answered().reason) == ("4 May", None)
    assert (abstention.short, abstention.reason) == (None, "nothing_found")


def test_the_closest_quotes_are_stored_without_an_answer():
    closest = StoredAnswer.of(make_trace(make_closest()), DAY, ("closest",))
    assert (closest.answered, closest.is_abstention, closest.reason) == (False, True, "closest")
    assert (closest.short, closest.first, closest.quotes) == (None, None, answered().quotes)


def test_a_quote_is_known_by_its_words_and_its_place():
    (quote,) = answered().quotes
    assert quote.is_in(SENTENCE) and quote.is_in(f"{SENTENCE} More.")
    assert not quote.is_in(f" {SENTENCE}") and not quote.is_in("")
    assert not StoredQuote(article_id="ferry", span=Span(start=0, end=3), digest=quote.digest).is_in(SENTENCE)


def test_a_message_shows_its_answer_to_who_asked(memory):
    answers = AnswerStore(memory)
    shown = ShownAnswer(answer="abc", below_id=5, asker=1001)
    answers.show(-100, [6, 7], shown)
    assert answers.shown(-100, 6) == answers.shown(-100, 7) == shown
    assert answers.shown(-100, 8) is None and answers.shown(1001, 6) is None
    answers.show(-100, [6], ShownAnswer(answer="def", below_id=5))
    assert answers.shown(-100, 6) == ShownAnswer(answer="def", below_id=5, asker=None)


def test_a_person_is_forgotten_in_a_chat_and_with_them_what_nobody_else_was_shown(memory):
    answers = AnswerStore(memory)
    mine, ours = answered("Mine?"), answered("Ours?")
    for each in (mine, ours):
        answers.keep(each)
    answers.show(-100, [6], ShownAnswer(answer=mine.id, below_id=5, asker=1))
    answers.show(-100, [8], ShownAnswer(answer=ours.id, below_id=7, asker=1))
    answers.show(-100, [10], ShownAnswer(answer=ours.id, below_id=9, asker=2))
    answers.forget(-100, 1)
    assert answers.shown(-100, 6) is None and answers.find(mine.id) is None
    assert answers.find(ours.id) == ours and answers.shown(-100, 10) is not None
    answers.forget(-100)
    assert answers.find(ours.id) is None


def test_what_is_old_is_dropped(path):
    now = [1_000_000.0]
    with ChatDatabase(path, clock=lambda: now[0]) as memory:
        answers = AnswerStore(memory)
        answers.keep(answered("Old?"))
        answers.show(1, [2], ShownAnswer(answer="old", below_id=1))
        now[0] += 100
        answers.keep(answered("New?"))
        answers.drop_before(datetime.fromtimestamp(1_000_050, UTC))
        assert answers.find(answered("Old?").id) is None and answers.shown(1, 2) is None
        assert answers.find(answered("New?").id) is not None


def test_only_the_newest_are_kept(path, monkeypatch):
    monkeypatch.setattr(answers_module, "MOST_ANSWERS", 20)
    monkeypatch.setattr(answers_module, "MOST_SHOWN", 20)
    monkeypatch.setattr("bot.chat.persistence.bounded_database.SLACK", 10)
    with ChatDatabase(path) as memory:
        for number in range(200):
            AnswerStore(memory).keep(answered(f"{number}?"))
            AnswerStore(memory).show(1, [number], ShownAnswer(answer="x", below_id=1))
        assert AnswerStore(memory).find(answered("199?").id)
        for table in ("answers", "shown"):
            assert 20 <= memory.rows(f"SELECT count(*) FROM {table}")[0][0] <= 30
