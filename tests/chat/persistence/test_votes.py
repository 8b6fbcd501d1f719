"""Votes are one a person, questions without an answer are counted, and both can be exported."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.answering.models import Reason, Trace
from bot.chat.persistence import votes as votes_module
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote, VoteReason, VoteStore, question_set
from bot.evaluation.models import EvaluationQuestion
from tests.factories import SENTENCE, make_answer, make_closest, make_silence, make_trace

DAY = date(2022, 1, 7)
GOOD, BAD = Vote(verdict=Verdict.GOOD), Vote(verdict=Verdict.BAD)


def because(reason: VoteReason) -> Vote:
    return Vote(verdict=Verdict.BAD, reason=reason)


def answered(question: str = "When?", short: str | None = "4 May") -> StoredAnswer:
    trace = make_trace(make_answer(short=short)).model_copy(update={"text": question})
    return StoredAnswer.of(trace, DAY, (question, short or ""))


def abstention(question: str = "Who stole it?", reason: Reason = Reason.NOTHING_FOUND) -> StoredAnswer:
    return StoredAnswer.of(Trace(text=question, reply=make_silence(question, reason)), DAY, ("no",))


@pytest.fixture
def votes(memory):
    return VoteStore(memory)


def exported(votes: VoteStore) -> list[dict[str, object]]:
    return list(question_set(votes.judged()))


def test_a_vote_is_one_a_person_and_can_be_changed_and_taken_back(votes):
    votes.cast(answered(), 1, GOOD)
    votes.cast(answered(), 2, BAD)
    votes.cast(answered(), 1, because(VoteReason.DATE))
    assert votes.of(answered().id, 1) == because(VoteReason.DATE)
    assert votes.of(answered().id, 2) == BAD
    assert votes.of(answered().id, 3) is None
    votes.take_back(answered().id, 1)
    assert votes.of(answered().id, 1) is None and votes.of(answered().id, 2) == BAD


def test_a_reaction_that_goes_takes_no_button_press_with_it(votes):
    votes.cast(answered(), 1, GOOD)
    votes.take_back(answered().id, 1, by_reaction=True)
    assert votes.of(answered().id, 1) == GOOD
    votes.cast(answered(), 1, BAD, by_reaction=True)
    votes.take_back(answered().id, 1, by_reaction=True)
    assert votes.of(answered().id, 1) is None


def test_what_is_exported_is_a_question_set(votes):
    votes.cast(answered(), 1, GOOD)
    votes.cast(answered("Where?", short=None), 1, GOOD)
    votes.cast(answered("Why?"), 1, because(VoteReason.WRONG))
    votes.cast(answered("Who?"), 1, because(VoteReason.SHOULD_BE_SILENT))
    votes.cast(abstention(), 1, GOOD)
    votes.cast(abstention("Who won?"), 1, because(VoteReason.SHOULD_ANSWER))
    rows = exported(votes)
    found = [(row["question"], row["answerable"], row["answers"], row["articles"]) for row in rows]
    assert found == [
        ("When?", True, ["4 May"], ["ferry"]),
        ("Where?", True, [SENTENCE], ["ferry"]),
        ("Why?", True, [], []),
        ("Who?", False, [], []),
        ("Who stole it?", False, [], []),
        ("Who won?", True, [], []),
    ]
    for row in rows:
        EvaluationQuestion.model_validate(
            {name: value for name, value in row.items() if name in EvaluationQuestion.model_fields}
        )
    assert len({row["id"] for row in rows}) == len(rows)


def test_the_majority_decides_and_between_as_many_the_last_vote(votes):
    for voter, vote in enumerate((GOOD, GOOD, because(VoteReason.WRONG))):
        votes.cast(answered(), voter, vote)
    (row,) = exported(votes)
    assert (row["verdict"], row["votes"]) == ("good", {"good": 2, "bad": 1})
    votes.cast(answered(), 4, because(VoteReason.DATE))
    (row,) = exported(votes)
    assert (row["verdict"], row["reason"]) == ("bad", "wrong_date")


def test_the_votes_of_a_person_can_be_forgotten_and_old_ones_go(tmp_path):
    now = [1_000_000.0]
    with ChatDatabase(tmp_path / "votes.sqlite3", clock=lambda: now[0]) as memory:
        votes = VoteStore(memory)
        for voter in (1, 2, 3):
            votes.cast(answered(), voter, GOOD)
        votes.forget(None, 1)
        votes.forget(2, None)
        votes.forget(-100, None)
        assert [votes.of(answered().id, voter) for voter in (1, 2, 3)] == [None, None, GOOD]
        votes.drop_before(datetime.fromtimestamp(1_000_001, UTC))
        assert exported(votes) == []


def test_questions_without_an_answer_are_counted_in_whatever_spelling(memory):
    unanswered = UnansweredQuestions(memory)
    for asked in ("Who won?", "who won", "WHO  WON ?!", "Who lost?"):
        unanswered.note(abstention(asked))
    unanswered.note(abstention("Hello", Reason.GREETING))
    assert [(each.question, each.asked) for each in unanswered.listed(10)] == [("Who won?", 3), ("Who lost?", 1)]
    assert unanswered.listed(10)[0].reason == "nothing_found"
    assert len(unanswered.listed(1)) == 1
    unanswered.note(answered("Who won?"))
    assert [each.question for each in unanswered.listed(10)] == ["Who lost?"]


def test_a_question_of_which_only_the_closest_quotes_are_shown_has_no_answer(memory):
    unanswered = UnansweredQuestions(memory)
    closest = StoredAnswer.of(Trace(text="Who won?", reply=make_closest()), DAY, ("closest",))
    unanswered.note(closest)
    assert [(each.question, each.reason) for each in unanswered.listed(10)] == [("Who won?", "closest")]
    votes = VoteStore(memory)
    votes.cast(closest, 1, because(VoteReason.SHOULD_ANSWER))
    (row,) = exported(votes)
    assert (row["answerable"], row["answers"], row["given"]) == (True, [], None)


def test_only_the_newest_questions_are_kept(memory, monkeypatch):
    monkeypatch.setattr(votes_module, "MOST_UNANSWERED", 20)
    monkeypatch.setattr("bot.chat.persistence.bounded_database.SLACK", 5)
    for number in range(100):
        UnansweredQuestions(memory).note(abstention(f"{number}?"))
    assert 20 <= len(UnansweredQuestions(memory).listed(1000)) <= 25


def test_a_vote_outlives_its_answer(memory, votes):
    AnswerStore(memory).keep(answered())
    votes.cast(answered(), 1, GOOD)
    memory.run("DELETE FROM answers")
    assert [row["question"] for row in exported(votes)] == ["When?"]
