"""Abstention: when there is no answer, why, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.confidence.abstention import (
    contradicts,
    default_closest_threshold,
    default_threshold,
    judge,
    lacks_office_holder,
    signals,
    unknown_names,
)
from bot.answering.models import Reason
from bot.answering.reader.context import AnswerContext
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import MentionKind
from tests.answering.workbench import context_of, report

Ask = Callable[..., AnswerContext]
STORY = (
    "Norway's Foreign Minister Anna Lund spoke in Oslo. The old ferry Sverre sank off Norway on 4 May. Nobody drowned."
)


def test_the_thresholds_are_probabilities_and_less_is_wanted_of_the_closest() -> None:
    assert 0.0 < default_closest_threshold() < default_threshold() < 1.0


@pytest.mark.parametrize(
    ("question", "reason", "missing"),
    [
        ("What did Boris Novak say?", Reason.UNKNOWN_NAME, ["Boris", "Novak"]),
        ("When did the Sverre leave Iceland?", Reason.UNKNOWN_NAME, ["Iceland"]),
        ("how do zeppelins hover?", Reason.NOTHING_FOUND, ["hover", "zeppelins"]),
        ("Who is the prime minister of Norway?", Reason.RELATION_NOT_STATED, None),
        ("How old is Anna Lund?", Reason.VALUE_NOT_GIVEN, None),
    ],
)
def test_reasons_that_stand_whatever_the_odds(
    ask: Ask, question: str, reason: Reason, missing: list[str] | None
) -> None:
    judgement = judge(ask(question, STORY), threshold=0.0)
    assert judgement.reason is reason
    assert judgement.probability < 0.5
    if missing is not None:
        assert sorted(gap.words for gap in judgement.missing) == missing


def test_a_value_that_is_not_given_is_named_by_its_kind(ask: Ask) -> None:
    (gap,) = judge(ask("How old is Anna Lund?", STORY), threshold=0.0).missing
    assert gap.value is MentionKind.NUMBER


def test_what_the_best_sentence_lacks_is_named_with_how_many_articles_hold_it(ask: Ask) -> None:
    context = ask("Why was the old ferry sold in Oslo?", STORY)
    judgement = judge(context, threshold=1.0, closest_threshold=1.0)
    assert judgement.reason is Reason.NOT_SURE
    articles = {gap.words: gap.articles for gap in judgement.missing}
    assert articles["sold"] == 0
    assert articles.get("Oslo", 1) == 1


def test_it_answers_above_the_threshold_and_not_below(ask: Ask) -> None:
    put = ask("When did the old ferry Sverre sink off Norway?", STORY)
    assert judge(put, threshold=0.0).reason is None
    assert judge(put, threshold=1.0, closest_threshold=1.0).reason is Reason.NOT_SURE


def test_what_is_not_sure_but_likely_enough_is_the_closest(ask: Ask) -> None:
    put = ask("When did the old ferry Sverre sink off Norway?", STORY)
    unsure = judge(put, threshold=1.0, closest_threshold=1.0)
    closest = judge(put, threshold=1.0, closest_threshold=unsure.probability)
    assert (closest.reason, closest.probability) == (Reason.CLOSEST, unsure.probability)
    assert judge(put, threshold=1.0, closest_threshold=unsure.probability + 0.01).reason is Reason.NOT_SURE
    assert judge(put, threshold=0.0, closest_threshold=0.0).reason is None


def test_a_reason_that_stands_whatever_the_odds_is_never_the_closest(ask: Ask) -> None:
    judgement = judge(ask("How old is Anna Lund?", STORY), threshold=1.0, closest_threshold=0.0)
    assert judgement.reason is Reason.VALUE_NOT_GIVEN


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("When did the old ferry Sverre sink off Norway?", "When did the old ferry collide with a whale?"),
        ("When did the ferry sink?", "Where did the ferry captain learn to cook?"),
        ("Who is the foreign minister of Norway?", "Who is the foreign minister of Sweden?"),
    ],
)
def test_what_the_articles_say_is_likelier_than_what_they_do_not(ask: Ask, surer: str, less_sure: str) -> None:
    stated, not_stated = (judge(ask(question, STORY), threshold=0.0).probability for question in (surer, less_sure))
    assert stated > not_stated


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Did Novak or Anna Lund speak in Oslo?", ["Novak"]),
        ("DID ANNA LUND SPEAK IN OSLO?", []),
        ("did novak speak in oslo", []),
        pytest.param("Did Ms. Novak speak in Oslo?", ["Novak"]),
    ],
)
def test_names_are_unknown_as_the_question_writes_them(ask: Ask, question: str, names: list[str]) -> None:
    context = ask(question, STORY)
    assert [gap.words for gap in unknown_names(context.question, context.terms)] == names


def test_nothing_found_is_a_signal_of_its_own(ask: Ask) -> None:
    assert signals(ask("zeppelin?", STORY)) == {"nothing": 1.0}


WORDS = ["ferry", "Sverre", "Norway", "Novak", "4 May", "because", "old", "zeppelin", "not", "who", "when"]


@settings(deadline=None)
@given(question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join))
def test_a_probability_is_one_and_its_parts_are_finite(language: EntityRecogniser, question: str) -> None:
    judgement = judge(context_of(language, question, report(STORY)), default_threshold())
    assert 0.0 <= judgement.probability <= 1.0
    assert judgement.parts
    assert all(math.isfinite(part.share) for part in judgement.parts)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which sailors were not allowed on the ferry?", "Only Norwegian sailors were allowed on the ferry."),
        ("Who did not sign the harbour treaty?", "Anna Lund refused to sign the harbour treaty."),
        ("Which boats are not insured?", "The boats of the old harbour are uninsured."),
    ],
)
def test_a_denial_may_be_said_without_not(ask: Ask, question: str, text: str) -> None:
    assert not contradicts(ask(question, text))


def test_a_denial_is_not_answered_by_what_is_so(ask: Ask) -> None:
    assert contradicts(ask("Who did not sign the harbour treaty?", "Anna Lund signed the harbour treaty."))


def test_the_holder_of_a_loose_office_may_have_no_title(ask: Ask) -> None:
    text = "The band's leader was first a carpenter called Rollo, and the band sailed to Norway."
    assert not lacks_office_holder(ask("Who was the leader of the band?", text))
    assert lacks_office_holder(ask("Who is the foreign minister of Norway?", "The ferry sank off Norway."))
