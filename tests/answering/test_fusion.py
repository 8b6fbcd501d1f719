"""Fusion: lexical scores and readings add up, and say how far the best sentence leads."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest

from bot.answering.features import weight_table
from bot.answering.fusion import is_fitted, read_evidence, reading_values
from bot.answering.reader.context import AnswerContext
from bot.answering.readings import PassageReading, SentenceReading
from retrieval.models import Hit

Ask = Callable[..., AnswerContext]
STORY = "The ferry Pelican sank off Dover on Tuesday. Forty passengers were saved. The mayor thanked the crews."


class ScriptedReader:
    """Gives each sentence of the first passage the score that was written for it."""

    digest = "scripted"

    def __init__(self, *scores: float) -> None:
        self.scores = scores

    def __call__(self, question: str, hits: Sequence[Hit]) -> tuple[PassageReading, ...]:
        passage = hits[0].passage
        readings = (
            SentenceReading(number, sentence.span, score)
            for number, (sentence, score) in enumerate(zip(passage.sentences, self.scores, strict=False))
        )
        return (PassageReading(passage.id, tuple(readings)),)


def test_a_reading_moves_a_sentence_to_the_front(ask: Ask) -> None:
    put = ask("Who was saved when the ferry sank?", STORY)
    assert put.evidence[0].index == 0
    read = read_evidence(ScriptedReader(-9.0, 60.0, -9.0), put.question.text, put.finding.hits, put.evidence)
    assert (read[0].index, read[0].reading and read[0].reading.score) == (1, 60.0)
    assert [piece.score for piece in read] == sorted((piece.score for piece in read), reverse=True)


def test_a_sentence_that_was_not_read_keeps_its_lexical_score_and_the_weight_of_being_unread(ask: Ask) -> None:
    put = ask("Who was saved when the ferry sank?", STORY)
    read = read_evidence(ScriptedReader(9.0), put.question.text, put.finding.hits, put.evidence)
    unread = [piece for piece in read if piece.reading is None]
    before = {piece.index: piece.score for piece in put.evidence}
    assert len(unread) == len(put.evidence) - 1
    for piece in unread:
        assert piece.score == pytest.approx(
            weight_table("fusion")["lexical"] * before[piece.index] + weight_table("fusion")["unread"]
        )


def test_a_reader_that_reads_nothing_changes_nothing(ask: Ask) -> None:
    put = ask("Who was saved when the ferry sank?", STORY)
    assert read_evidence(ScriptedReader(), put.question.text, put.finding.hits, put.evidence) == put.evidence


def test_only_the_reader_that_the_weights_were_fitted_for_is_trusted() -> None:
    assert not is_fitted(ScriptedReader())


def test_the_values_say_how_far_the_best_sentence_leads(ask: Ask) -> None:
    put = ask("Who was saved when the ferry sank?", STORY)
    read = read_evidence(ScriptedReader(-9.0, 60.0, 2.0), put.question.text, put.finding.hits, put.evidence)
    values = reading_values(read)
    assert (values["reader"], values["top"]) == (60.0, 60.0)
    assert values["lead"] == pytest.approx(read[0].score - read[1].score)
    assert -math.log(len(read)) <= values["share"] <= 0.0


def test_a_single_sentence_has_all_of_the_share(ask: Ask) -> None:
    put = ask("Who was saved?", "Forty passengers were saved.")
    read = read_evidence(ScriptedReader(1.0), put.question.text, put.finding.hits, put.evidence)
    assert reading_values(read)["share"] == 0.0
