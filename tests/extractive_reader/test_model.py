"""The reader: for each sentence its best span and score, from files that may be damaged, in several threads."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.answering.readings import PassageReading, SentenceReading
from bot.extractive_reader import ReaderUnavailable, load_reader
from bot.extractive_reader.model import MOST_PASSAGES
from retrieval.models import Span, TextPart
from tests.extractive_reader.tiny_reader import hit_of, make_folder

SCORES = {"dover": (5, 1), "anna": (2, 2), "may": (0, 4), "4": (3, 0), "[CLS]": (0.5, 0.25), "who": (50, 50)}
"""The question's word scores highest, but it is no part of a passage."""


@pytest.fixture
def reader(tmp_path):
    return load_reader(make_folder(tmp_path / "reader", SCORES))


def test_each_body_sentence_has_its_best_span_and_score(reader):
    parts = (TextPart.HEADLINE, TextPart.BODY, TextPart.BODY)
    hit = hit_of("Who resigned.", "Mayor Anna left.", "The ferry reached Dover on 4 May.", parts=parts)
    ((passage, (first, second)),) = reader("Who?", [hit])
    assert passage == hit.passage.id
    assert (first.sentence, hit.passage.words_of(first.span), first.score) == (1, "Anna", 4 - 0.75)
    assert (second.sentence, hit.passage.words_of(second.span), second.score) == (2, "Dover on 4 May", 9 - 0.75)


def test_spans_are_places_in_the_article_without_closing_punctuation(tmp_path):
    reader = load_reader(make_folder(tmp_path, {"4": (3, 0), ".": (0, 9)}))
    before = "Ünïted 😀 news\n\n"
    hit = hit_of("Anna left.", "It reached “Dover” on 4 May.", before=before)
    (reading,) = reader("when", [hit])
    span = reading.sentences[1].span
    article = before + hit.passage.text
    assert span.of(article) == "4 May"


def test_title_and_passage_are_the_second_segment(tmp_path):
    plain, raised = (load_reader(make_folder(tmp_path / str(by), passage=by)) for by in (0, 7))
    hit = hit_of("Anna left.", title="Dover")
    assert plain("who", [hit])[0].sentences[0].score == 0
    assert raised("who", [hit])[0].sentences[0].score == 14


def test_a_title_is_never_a_span(reader):
    ((_, (only,)),) = reader("when", [hit_of("The ferry left.", title="Anna reached Dover on 4 May")])
    assert only.score == -0.75


def test_the_best_ranked_passages_are_read_best_first(reader):
    hits = [hit_of("Anna left.", rank=rank) for rank in range(1, MOST_PASSAGES + 4)]
    readings = reader("who", [*reversed(hits)])
    assert [reading.passage_id for reading in readings] == [hit.passage.id for hit in hits[:MOST_PASSAGES]]


def test_a_passage_without_a_body_is_left_out(reader):
    heads, body = hit_of("Anna left.", parts=[TextPart.HEADLINE]), hit_of("Anna left.", rank=2)
    assert [reading.passage_id for reading in reader("who", [heads, body])] == [body.passage.id]
    assert reader("who", []) == ()


def test_every_sentence_of_a_long_passage_is_read_once(reader):
    filler = "the ferry reached dover on 4 may " * 6 + "."
    hit = hit_of(*[filler] * 8, "Mayor Anna left.")
    (reading,) = reader("who left", [hit])
    assert [each.sentence for each in reading.sentences] == list(range(9))
    assert hit.passage.words_of(reading.sentences[-1].span) == "Anna"


def test_a_sentence_in_two_windows_has_its_better_reading(reader, monkeypatch):
    monkeypatch.setattr("bot.extractive_reader.windows.LONGEST", 14)
    hit = hit_of("The ferry left the mayor Anna and the U S on 4 May.")
    (reading,) = reader("who", [hit])
    assert reading == PassageReading(hit.passage.id, (SentenceReading(0, Span(start=45, end=50), 7 - 0.75),))


def test_the_digest_names_the_bytes_of_the_model(tmp_path):
    one, other = make_folder(tmp_path / "one", SCORES), make_folder(tmp_path / "other")
    whole = hashlib.sha256((one / "tiny.onnx").read_bytes()).hexdigest()
    assert load_reader(one).digest == whole[:12]
    assert load_reader(other).digest != whole[:12]


def test_threads_share_a_reader(reader):
    hits = [hit_of("Mayor Anna left.", "The ferry reached Dover on 4 May.", rank=rank) for rank in (1, 2, 3)]
    questions = [f"who left on {number} may" for number in range(40)]
    alone = [reader(question, hits) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda question: reader(question, hits), questions)) == alone


@pytest.mark.parametrize(
    ("break_it", "problem"),
    [
        (
            lambda folder: (folder / "tiny.onnx").unlink(),
            "holds no model; put one .onnx file and",
        ),
        (lambda folder: (folder / "second.onnx").touch(), "holds 2 models"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "put the reader's tokenizer there"),
        (lambda folder: folder.rename(folder.with_name("gone")), "is not there"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(tmp_path, break_it, problem):
    folder = make_folder(tmp_path / "reader")
    break_it(folder)
    with pytest.raises(ReaderUnavailable) as error:
        load_reader(folder)
    assert problem in str(error.value) and str(folder) in str(error.value)


def test_a_damaged_model_is_found_when_it_is_opened(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "tiny.onnx").write_bytes(b"damaged")
    reader = load_reader(folder)
    with pytest.raises(ReaderUnavailable, match="damaged"):
        reader.warm()
    with pytest.raises(ReaderUnavailable, match="damaged"):
        reader("who", [hit_of("Anna left.")])
