"""Glosses: who is meant at the head of a quote, from the article and where it leaves one reading only."""

from __future__ import annotations

import pytest

from bot.answering.models import Answer, Citation
from bot.answering.response.quote_notes import glosses_in
from bot.answering.response.text import html_blocks, plain
from retrieval.documents.passages import split_passages
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Passage, Span
from tests.answering.workbench import Desk, hits_of, told

CABINET = "On May 5, the mayor accepted the government's resignation. Its members will stay until June."


def passage_of(language: EntityRecogniser, text: str) -> Passage:
    article = told(text)
    return language.annotate(article, split_passages(article))[0]


def explained(language: EntityRecogniser, text: str) -> list[tuple[str, str]]:
    """The glosses of the last sentence: its words, and what they stand for."""
    passage = passage_of(language, text)
    return [(passage.words_of(gloss.span), gloss.text) for gloss in glosses_in(passage, passage.sentences[-1].span)]


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        (CABINET, "Its members", "the government"),
        ("Zofia Wrona opened the bridge. She thanked the workers.", "She", "Zofia Wrona"),
        ("Petar Iliev left the firm. His plans are not known.", "His", "Petar Iliev"),
        ("Petar Iliev left the firm. In May, he joined a choir.", "he", "Petar Iliev"),
        ("Petar Iliev left the firm. He's gone to sea.", "He's", "Petar Iliev"),
        ("Petar Iliev runs a farm. Iliev sold two cows. He bought a goat.", "He", "Petar Iliev"),
        ("Petar Iliev runs a farm. He sold two cows. He bought a goat.", "He", "Petar Iliev"),
        ('"We are late," Petar Iliev said. He blamed the rain.', "He", "Petar Iliev"),
        (
            "The Foreign Ministry is in Sofia. The ministry said no.",
            "The ministry",
            "Foreign Ministry",
        ),
        ("President Petar Iliev came by train. The president said nothing.", "The president", "Petar Iliev"),
    ],
)
def test_who_is_meant(language: EntityRecogniser, text: str, words: str, meant: str) -> None:
    assert [(said, meant in name) for said, name in explained(language, text)] == [(words, True)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Petar Iliev met Boris Kolev. He left at dawn.", id="two people"),
        pytest.param("Petar Iliev and Boris Kolev left. He came back.", id="one of two"),
        pytest.param("The judge freed Petar Iliev. He left at dawn.", id="somebody without a name"),
        pytest.param("The house of Petar Iliev burned down. He was not there.", id="his house"),
        pytest.param("Mrs Wrona opened the bridge. He thanked the workers.", id="of the other sex"),
        pytest.param("Petar Iliev thanked her. She smiled.", id="two people, one without a name"),
        pytest.param("Boris Kolev waited. He took the coat of Petar Iliev. He left.", id="a pronoun beside a name"),
        pytest.param("Petar Iliev left the firm. He and Iliev's brother own a farm.", id="named in the quote"),
        pytest.param('Petar Iliev spoke. "He is late," a guard said.', id="in another's words"),
        pytest.param("A dog barked. He left at dawn.", id="nobody"),
        pytest.param("The council met the board. Its members were tired.", id="two bodies"),
        pytest.param("A letter was shown to the court. Its members were surprised.", id="a body it was shown to"),
        pytest.param("The Foreign Ministry met the Finance Ministry. The ministry was silent.", id="two ministries"),
        pytest.param("The Foreign Ministry is in Sofia. The ministry of justice is not.", id="a ministry told in full"),
        pytest.param("The Foreign Ministry is in Sofia. The ministry's lawyer is not.", id="its lawyer"),
        pytest.param("President Petar Iliev met the president of Chile. The president smiled.", id="two presidents"),
        pytest.param("Former president Petar Iliev came. The president smiled.", id="not in office"),
        pytest.param("Bulgaria and Chile spoke of the standoff. The latter was calm.", id="the latter"),
    ],
)
def test_nobody_is_meant_for_sure(language: EntityRecogniser, text: str) -> None:
    assert explained(language, text) == []


def test_the_latter_inside_a_quote_is_left_to_the_reader(language: EntityRecogniser) -> None:
    text = "The ministers of Chile and Bulgaria spoke about Peru and the standoff between the latter and Laos."
    assert explained(language, text) == []


def test_a_gloss_stands_in_its_article_and_explains_the_quote(language: EntityRecogniser) -> None:
    (hit,) = hits_of(language, [told(CABINET)])
    quote = hit.passage.sentences[-1].span
    (gloss,) = glosses_in(hit.passage, quote)
    assert told(CABINET).text[gloss.source.start : gloss.source.end] == gloss.text == "the government"
    fields = {"number": 1, "header": hit.header, "quote": hit.passage.words_of(quote), "span": quote}
    assert Citation(**fields, glosses=(gloss,), passage=hit.passage).quote == "Its members will stay until June."
    for wrong in (
        gloss.model_copy(update={"text": "the council"}),
        gloss.model_copy(update={"span": Span(start=0, end=4)}),
    ):
        with pytest.raises(ValueError, match=r"the quote at|is not what"):
            Citation(**fields, glosses=(wrong,), passage=hit.passage)
    with pytest.raises(ValueError, match="explained twice"):
        Citation(**fields, glosses=(gloss, gloss), passage=hit.passage)


def test_a_gloss_is_shown_beside_the_words_and_said_to_be_ours(desk: Desk, language: EntityRecogniser) -> None:
    (hit,) = hits_of(language, [told(CABINET)])
    reply = desk.answerer.answer("Who won the chess marathon?").reply
    assert isinstance(reply, Answer)
    quote = hit.passage.sentences[-1].span
    citation = Citation(
        number=1,
        header=hit.header,
        quote=hit.passage.words_of(quote),
        span=quote,
        glosses=glosses_in(hit.passage, quote),
        passage=hit.passage,
    )
    statement = reply.statements[-1].model_copy(update={"text": citation.quote, "numbers": (1,)})
    glossed = reply.model_copy(update={"citations": (citation,), "statements": (statement,)})
    assert "| Its members [the government’s] will stay until June. [1]" in plain(glossed)
    assert "it is ours, from the same article" in plain(glossed)
    assert "Its members <i>[the government’s]</i> will" in "".join(html_blocks(glossed))
    assert "ours" not in plain(reply)
