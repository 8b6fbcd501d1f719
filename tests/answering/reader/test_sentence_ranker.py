"""Sentence ranking: body sentences only, each with the features that make its score."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.models import Evidence
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.question_terms import question_terms
from bot.answering.reader.sentence_ranker import rank_sentences, sentence_features, weights
from bot.answering.reader.term_matching import title_overlap
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Article, Finding, Query
from tests.answering.workbench import context_of, question_of, report

Ask = Callable[..., AnswerContext]

STORY = """Ferry sinks off Norway

OSLO, May 6 (Coastal Herald) - The old ferry left Bergen on Monday. It sank off Norway on 4 May.

Divers search the ferry

Divers raised the bell. Why did the ferry sink? Nobody drowned."""


@pytest.fixture(scope="module")
def story() -> Article:
    return report(STORY, title="Ferry sinks off Norway")


def texts(context: AnswerContext) -> list[str]:
    return [evidence.text for evidence in context.evidence]


def features(context: AnswerContext, sentence: str) -> Mapping[str, float]:
    evidence = next(evidence for evidence in context.evidence if evidence.text.startswith(sentence))
    return {feature.name: feature.value for feature in evidence.features}


def test_weights_are_finite_numbers_by_name() -> None:
    assert weights()
    assert all(math.isfinite(weight) for weight in weights().values())


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("When did the ferry sink off Norway?", "It sank off Norway on 4 May."),
        ("Where did the ferry leave from?", "The old ferry left Bergen on Monday."),
        ("What did divers raise?", "Divers raised the bell."),
    ],
)
def test_the_best_sentence_comes_first(ask: Ask, story: Article, question: str, best: str) -> None:
    assert texts(ask(question, story))[0] == best


@pytest.mark.parametrize("question", ["Ferry sinks off Norway", "Divers search the ferry", "Oslo May Coastal Herald"])
def test_headlines_subheads_and_datelines_are_no_evidence(ask: Ask, story: Article, question: str) -> None:
    found = " ".join(texts(ask(question, story)))
    assert "Ferry sinks" not in found
    assert "Divers search" not in found
    assert "OSLO" not in found


def test_nothing_found_is_no_evidence(language: EntityRecogniser) -> None:
    question, nothing = question_of(language, "When did the ferry sink?"), Finding(query=Query())
    assert rank_sentences(question, question_terms(question, nothing), nothing) == ()


def test_only_as_many_are_kept_as_asked_and_ties_go_to_the_earlier(ask: Ask) -> None:
    context = ask("What of the bell?", "A bell rang. A bell rang. A bell rang.")
    kept = rank_sentences(context.question, context.terms, context.finding, kept=2)
    assert [evidence.index for evidence in kept] == sorted(evidence.index for evidence in kept)
    assert len(kept) == 2


def test_every_candidate_is_offered_for_learning(ask: Ask, story: Article) -> None:
    context = ask("When did the ferry sink?", story)
    offered = list(sentence_features(context.question, context.terms, context.finding))
    assert len(offered) == 5
    assert all(math.isfinite(value) for _, _, values in offered for value in values.values())


FEATURES = [
    ("Did the ferry sink?", "The ferry sank. A dog barked.", "The ferry", "idf_cov", 1.0),
    ("Did the ferry sink?", "The ferry sank. A dog saw the ferry.", "The ferry", "cnt_cov", 1.0),
    ("Did prices rise?", "Prices fell.", "Prices", "opposed", 1.0),
    ("Did the ferry sink?", "The ferry never sank.", "The ferry", "negation", 1.0),
    ("Did 40 drown?", "Some 40 drowned.", "Some", "num_hit", 1.0),
    ("Did Anna Lund drown?", "Anna Lund did not drown.", "Anna", "cap_cov", 1.0),
    ("What happened to the ferry on 4 May?", "The ferry sank on 4 May.", "The ferry", "day", 1.0),
    ("What happened to the ferry on 4 May?", "The ferry sank on 9 May.", "The ferry", "day", -1.0),
    ("When did the ferry sink?", "The ferry sank on 4 May.", "The ferry", "type_ok", 1.0),
    ("When did the ferry sink?", "The ferry sank.", "The ferry", "type_miss", 1.0),
    ("Who is the president of Norway?", "Norway's President Anna Lund spoke.", "Norway", "role", 1.0),
    ("Did the ferry sink?", "Did the ferry sink?", "Did", "is_question", 1.0),
    ("Did the ferry sink?", "The ferry is old. It sank.", "It", "pron", 1.0),
    ("Did the ferry sink?", "The ferry is old. It sank.", "The ferry", "first", 1.0),
    ("Did the ferry start?", "The ferry began to move.", "The ferry", "loose_cov", 0.5),
    ("Will the ferry sail?", "The ferry will sail.", "The ferry", "future", 1.0),
    ("Why did the ferry sink?", "The ferry sank because of a leak.", "The ferry", "cue_why", 1.0),
]


@pytest.mark.parametrize(("question", "text", "sentence", "name", "value"), FEATURES)
def test_a_feature_has_its_value(ask: Ask, question: str, text: str, sentence: str, name: str, value: float) -> None:
    assert features(ask(question, text), sentence)[name] == pytest.approx(value)


def test_neighbours_have_what_a_sentence_lacks(ask: Ask) -> None:
    context = ask("When did the old ferry sink?", "The old ferry left port. It sank at dawn. A dog barked.")
    middle, last = features(context, "It sank"), features(context, "A dog")
    assert middle["prev_new"] == pytest.approx(features(context, "The old")["idf_cov"])
    assert features(context, "The old")["next_new"] == pytest.approx(middle["idf_cov"])
    assert last["prev_new"] == pytest.approx(middle["idf_cov"])


def test_what_is_above_a_sentence_counts(ask: Ask, story: Article) -> None:
    context = ask("Did divers search off Norway?", story)
    (hit,) = context.finding.hits[:1]
    met = {context.terms.distinct[number].word for number in title_overlap(context.terms, hit).exact}
    assert {"norway"} <= met
    assert features(context, "Divers raised")["st_cov"] > features(context, "Divers raised")["idf_cov"]


WORDS = ["ferry", "sank", "Norway", "4 May", "because", "Anna Lund", "never", "40", "said", "it", "?", "."]


@settings(deadline=None)
@given(question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))
def test_a_score_is_the_sum_of_its_shares(language: EntityRecogniser, story: Article, question: str) -> None:
    context = context_of(language, question, story)
    sentences: tuple[Evidence, ...] = context.evidence
    assert [evidence.score for evidence in sentences] == sorted(
        (evidence.score for evidence in sentences), reverse=True
    )
    for evidence in sentences:
        assert evidence.score == pytest.approx(sum(feature.share for feature in evidence.features))
        assert all(math.isfinite(feature.value) for feature in evidence.features)
