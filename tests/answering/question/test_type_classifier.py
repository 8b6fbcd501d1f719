"""The type of a question: guessed from its words, by numbers in a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.question import type_classifier
from bot.answering.question.type_classifier import TypeModel, parse, question_type, wanted_kinds
from bot.answering.question.type_features import features, head_of
from bot.evaluation.train_question_types import (
    FittingError,
    cross_validate,
    fit_types,
    fitted,
    read_labelled,
)
from retrieval.models import MentionKind

FILE = Path(type_classifier.__file__).with_name(type_classifier.NUMBERS)


@pytest.mark.parametrize(
    ("question", "fine"),
    [
        ("Who chaired the dairy board?", "HUM:ind"),
        ("Which trade union called off the strike?", "HUM:gr"),
        ("Which town hosts the cheese fair?", "LOC:city"),
        ("In which country does the ferry call last?", "LOC:country"),
        ("Where was the wreck found?", "LOC:other"),
        ("When did the ferry leave Rostock?", "NUM:date"),
        ("In what year was the lighthouse built?", "NUM:date"),
        ("How many passengers were rescued?", "NUM:count"),
        ("How much did the new bridge cost?", "NUM:money"),
        ("What percentage of voters stayed at home?", "NUM:perc"),
        ("How long did the strike last?", "NUM:period"),
        ("How old is the harbour master?", "NUM:period"),
        ("How far is the lighthouse from the port?", "NUM:dist"),
        ("Why was the tunnel closed?", "DESC:reason"),
        ("How do they repair the sluice?", "DESC:manner"),
        ("What is a sluice?", "DESC:def"),
        ("What does SNCF stand for?", "ABBR:exp"),
        ("Which language is spoken on the island?", "ENTY:lang"),
        ("Which film won the prize?", "ENTY:cremat"),
    ],
)
def test_types_of_plain_questions(question: str, fine: str) -> None:
    guess = question_type(question)
    assert guess.fine == fine
    assert fine.startswith(f"{guess.coarse}:")


@pytest.mark.parametrize("question", ["Which town hosts the cheese fair?", "Who chaired the board?"])
def test_the_case_of_a_question_hardly_matters(question: str) -> None:
    assert question_type(question.lower()).fine == question_type(question).fine
    assert question_type(question.upper()).coarse == question_type(question).coarse


def test_a_plain_question_is_surer_than_a_bare_word() -> None:
    assert question_type("When did the ferry leave Rostock?").margin > 1 > question_type("ferry").margin


@given(st.text(max_size=60))
def test_every_text_has_a_type(text: str) -> None:
    guess = question_type(text)
    assert guess.fine in type_classifier.model().labels
    assert guess.margin >= 0


def test_the_type_says_which_mentions_can_answer() -> None:
    assert wanted_kinds(question_type("Which town hosts the cheese fair?")) == (MentionKind.PLACE,)
    assert wanted_kinds(question_type("When did the ferry leave?"))[0] is MentionKind.DATE
    assert wanted_kinds(question_type("Why was the tunnel closed?")) == ()


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Which Danish film director left the jury?", "director"),
        ("What is the name of the ferry that sank?", "ferry"),
        ("What kind of boat was it?", "boat"),
        ("What is the population of Rostock?", "population"),
        ("Which singer's manager resigned?", "singer"),
        ("What artists painted the hall?", "artists"),
        ("How many boats sank?", "boats"),
        ("Who resigned?", None),
        ("", None),
    ],
)
def test_the_noun_asked_for(question: str, head: str | None) -> None:
    assert head_of(question) == head


def test_classes_are_found_by_any_form_of_the_noun() -> None:
    assert classes_of("ferries") == classes_of("ferry")
    assert "vehicle" in classes_of("ferry")
    assert classes_of("qwrtz") == ()


def test_features_name_what_they_are() -> None:
    found = features("Which town hosts the fair?")
    assert {"asks: which", "head: town", "head class: city", "first: which town", "word: fair"} <= found


def test_scores_add_up_and_ties_go_to_the_first_label() -> None:
    model = TypeModel(["A:x", "B:y", "A:z"], [0, 0, -10], {"one": ((1, 50),), "two": ((2, 200),)})
    assert model.guess([]).fine == "A:x"
    assert model.guess(["one"]).fine == "B:y"
    both = model.guess(["one", "two", "unknown"])
    assert (both.coarse, both.fine, both.margin) == ("A", "A:z", pytest.approx(1.4))


def test_the_numbers_say_where_they_come_from_and_stay_small() -> None:
    about = json.loads(FILE.read_text(encoding="utf-8"))["about"]
    assert about["fitted by"] == "dateline fit types QUESTIONS"
    assert about["coarse"] >= 0.92
    assert about["fine"] >= 0.84
    assert FILE.stat().st_size < 400_000


VERBS, NOUNS = ("sold", "found", "won"), ("boat", "cup", "hat", "car")
INVENTED = [
    *((f"Who {verb} the {noun}?", "HUM:ind") for verb in VERBS for noun in NOUNS),
    *((f"When was the {noun} {verb}?", "NUM:date") for verb in VERBS for noun in NOUNS),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    rows = [{"question": question, "label": label} for question, label in (*INVENTED, INVENTED[0])]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_a_fitted_file_guesses_as_the_fitted_model_does(labelled: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    out = tmp_path / "numbers.json"
    report = fit_types(labelled, out)
    assert (report.questions, report.repeated, report.labels) == (24, 1, 2)
    assert report.coarse == 1.0
    rows = read_labelled(labelled)
    model = parse(out.read_text(encoding="utf-8"))
    assert [model.guess(row.features) for row in rows] == [fitted(rows).guess(row.features) for row in rows]


def test_every_question_is_guessed_once_by_a_model_that_never_saw_it(labelled: Path) -> None:
    pytest.importorskip("sklearn")
    outcomes = cross_validate(read_labelled(labelled))
    assert sorted(outcome.question for outcome in outcomes) == sorted({question for question, _ in INVENTED})


@pytest.mark.parametrize("written", ["", '{"question": "Who?"}', "[1]", '{"question": "Who?", "label": "HUM:ind"}'])
def test_a_file_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(FittingError, match=r"questions\.jsonl"):
        read_labelled(file)


def test_without_scikit_learn_it_is_said(labelled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    with pytest.raises(FittingError, match="scikit-learn"):
        fitted(read_labelled(labelled))
