"""The buttons of a vote: a verdict, then a reason, then the way back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.models import Reason, Trace
from bot.chat.persistence.answers import StoredAnswer
from bot.chat.persistence.votes import Verdict, Vote, VoteReason, reasons
from bot.chat.types import LANGUAGES
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.vote_buttons import vote_buttons, vote_in_words
from tests.factories import make_answer, make_closest, make_silence, make_trace

DAY = date(2022, 1, 7)
GOOD, BAD = Vote(verdict=Verdict.GOOD), Vote(verdict=Verdict.BAD)


def because(reason: VoteReason) -> Vote:
    return Vote(verdict=Verdict.BAD, reason=reason)


def answered(question: str = "When?", short: str | None = "4 May") -> StoredAnswer:
    trace = make_trace(make_answer(short=short)).model_copy(update={"text": question})
    return StoredAnswer.of(trace, DAY, (question, short or ""))


def unanswered(question: str = "Who stole it?", reason: Reason = Reason.NOTHING_FOUND) -> StoredAnswer:
    return StoredAnswer.of(Trace(text=question, reply=make_silence(question, reason)), DAY, ("no",))


CLOSEST = StoredAnswer.of(Trace(text="When?", reply=make_closest()), DAY, ("closest",))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reply", [answered(), unanswered(), CLOSEST])
def test_the_buttons_ask_for_a_verdict_then_a_reason_and_shows_what_was_noted(reply, language):
    def actions(vote: Vote | None) -> list[ButtonAction]:
        presses = [CallbackData.read(button.data) for row in vote_buttons(reply, vote, language) for button in row]
        return [press.action for press in presses if press]

    offered = reasons(reply)
    assert actions(None) == [ButtonAction.GOOD, ButtonAction.BAD]
    assert actions(BAD) == [ButtonAction.REASON] * len(offered) + [ButtonAction.TAKE_BACK]
    assert actions(GOOD) == actions(because(offered[0])) == [ButtonAction.TAKE_BACK]


def test_the_closest_quotes_are_voted_on_as_no_answer():
    assert reasons(CLOSEST) == reasons(unanswered())
    assert [button.text for row in vote_buttons(CLOSEST, None, "en") for button in row] == [
        "No answer is correct",
        "Should have answered",
    ]


def test_good_manners_are_not_voted_on():
    assert vote_buttons(unanswered("Hello", Reason.GREETING), None, "en") == ()


def test_a_vote_is_worded_by_its_reason_or_its_verdict():
    assert vote_in_words(GOOD, "en") == "good"
    assert vote_in_words(because(VoteReason.DATE), "en") == "wrong date"
    assert vote_in_words(BAD, "ru") == "плохо"


def test_reasons_stand_two_in_a_row():
    rows = vote_buttons(answered(), BAD, "en")
    assert [len(row) for row in rows] == [2, 2, 1]
