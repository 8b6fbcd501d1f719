"""Explanations: each step of a trace in words, in order, the first few of what is many."""

from __future__ import annotations

import pytest

from bot.answering.features import ScoreFeature
from bot.answering.models import Missing, NoAnswer, Reason, Reply, Trace
from bot.answering.response.explanation import SHOWN, explain
from tests.answering.workbench import System
from tests.factories import make_answer, make_closest, make_silence, make_trace


def section(explanation: str, title: str) -> list[str]:
    """The lines under a title, without their indent."""
    lines = explanation.splitlines()
    rest = lines[lines.index(title) + 1 :]
    end = next((place for place, line in enumerate(rest) if not line.startswith("  ")), len(rest))
    return [line.removeprefix("  ") for line in rest[:end]]


@pytest.fixture(scope="module")
def answered(system: System) -> str:
    return explain(system.ask("When did the flames reach the library?"))


def test_the_steps_come_in_order(answered: str) -> None:
    titles = [line for line in answered.splitlines() if not line.startswith(" ")]
    assert titles == ["Question", "Found", "Evidence", "Candidates", "Confidence", "Reply"]


def test_the_question_as_it_was_read(answered: str) -> None:
    assert section(answered, "Question") == ["kind: when", "terms: flame, reach, librari", "wanted: date, time"]


def test_what_was_found_for_each_word(answered: str) -> None:
    found = section(answered, "Found")
    assert found[0].startswith("flames: in 1 articles, ")
    assert any(line.startswith("1. ") and "herald-fire#" in line for line in found)


def test_a_candidate_says_its_kind_and_its_rule(answered: str) -> None:
    assert section(answered, "Candidates")[0].endswith("5 May 2021 (date, “Two days later”, counted from 3 May)")


def test_the_reply_has_its_probability(answered: str) -> None:
    (line,) = section(answered, "Reply")
    assert line.startswith("answered, right with probability 0.")
    assert line.endswith(", 1 citations")


def test_a_silence_says_what_is_missing(system: System) -> None:
    reply = section(explain(system.ask("When did the fire reach Dubrovnik?")), "Reply")
    assert reply[0].startswith("not found (unknown_name), right with probability 0.")
    assert reply[1:] == ["missing: Dubrovnik, in 0 articles"]


def test_shares_come_largest_first_and_those_without_effect_last() -> None:
    features = (
        ScoreFeature(name="small", value=1.0, weight=0.5),
        ScoreFeature(name="none", value=1.0, weight=0.0),
        ScoreFeature(name="large", value=0.5, weight=-4.0),
    )
    trace = make_trace(make_silence()).model_copy(update={"confidence": features})
    assert section(explain(trace), "Confidence") == [
        "-2.000 large (0.500 x -4.000)",
        "+0.500 small (1.000 x 0.500)",
        "without effect: none",
    ]


def test_of_many_things_the_first_are_shown_and_the_rest_counted() -> None:
    trace = make_trace()
    many = trace.model_copy(update={"candidates": trace.candidates * (SHOWN + 2)})
    assert section(explain(many), "Candidates")[SHOWN:] == ["and 2 more"]


def test_an_empty_message_has_no_question_and_no_search() -> None:
    reply = make_silence(reason=Reason.EMPTY_QUESTION)
    assert isinstance(reply, NoAnswer)
    explanation = explain(Trace(text=" ", reply=reply))
    assert section(explanation, "Question") == ["there is none"]
    assert section(explanation, "Found") == ["nothing was looked for"]
    assert section(explanation, "Evidence") == section(explanation, "Candidates") == ["none"]


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
