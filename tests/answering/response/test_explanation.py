"""A trace for a person: the last step says what the reply is and how sure it is."""

from __future__ import annotations

import pytest

from bot.answering.models import Missing, Reason, Reply
from bot.answering.response.explanation import explain
from tests.factories import make_answer, make_closest, make_silence, make_trace


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (make_answer(), "answered, right with probability 0.90, 1 citations"),
        (make_closest(), "1 quotes shown (closest), right with probability 0.30"),
        (make_silence(reason=Reason.NOT_SURE), "not found (not_sure), right with probability 0.10"),
    ],
)
def test_the_reply_is_the_last_step(reply: Reply, line: str) -> None:
    assert explain(make_trace(reply)).splitlines()[-2:] == ["Reply", f"  {line}"]


def test_what_is_missing_is_listed() -> None:
    silence = make_silence().model_copy(update={"missing": (Missing(words="moon", articles=2),)})
    assert explain(make_trace(silence)).endswith("missing: moon, in 2 articles")


def test_a_question_that_was_not_searched_for_has_no_steps() -> None:
    assert explain(make_trace(make_silence())).startswith(
        "Question\n  there is none\nFound\n  nothing was looked for\n"
    )
