"""Answer extraction: the span asked for, verbatim or with the rule that derived it; none where none is sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.reader.answer_extractor import extract_answers, list_items, short_answer, sure_candidate
from bot.answering.reader.context import AnswerContext
from bot.answering.readings import SentenceReading
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Span
from tests.answering.workbench import context_of, report

Ask = Callable[..., AnswerContext]


def sure(context: AnswerContext) -> str | None:
    found = sure_candidate(context, context.evidence[0])
    return found.text if found else None


FERRY = "The ferry Sverre, built in 1962, sank in Norway on 4 May after two hours with 40 passengers."


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("When did the ferry sink?", "The ferry sank on May 4.", "4 May 2021"),
        ("When did the ferry sink?", "The ferry sank on 4 May 2020.", "4 May 2020"),
        ("When did the ferry sink?", "The ferry sank on Tuesday.", "4 May 2021"),
        ("In what year was the ferry built?", "The ferry was built on 3 June 1962.", "1962"),
        ("When was the line open?", "The line was open from 1962 to 1998.", "1962 to 1998"),
        ("When did the strike begin?", "The strike lasted from 1962 to 1998, and 1970 was its worst year.", "1962"),
        ("When did the wars rage?", "The wars raged between 1562 and 1598.", "between 1562 and 1598"),
        (
            "When did the guild flourish?",
            "The guild flourished in the 16th and 17th centuries.",
            "the 16th and 17th centuries",
        ),
        (
            "When did lace appear?",
            "Lace appeared in the first half of the 17th century.",
            "the first half of the 17th century",
        ),
        ("When was the painter born?", "The painter Ole Brun (1819–1880) was admired.", "1819"),
        ("When did the painter die?", "The painter Ole Brun (1819–1880) was admired.", "1880"),
        ("When was the mayor born?", "The mayor Ole Brun (1862–1890) was admired.", None),
        ("In what month is the fair held?", "Since 1998 the fair is held on the first Thursday in May.", "May"),
        (
            "On what day of the week is the fair held?",
            "Since 1998 the fair is held on the first Thursday in May.",
            "Thursday",
        ),
        ("Which year did the price fall?", "The price fell during the 1980s.", "1980s"),
        ("In what year did the ferry sink?", "The ferry sank on Tuesday.", "2021"),
        ("In what month did the ferry sink?", "The ferry sank on Tuesday.", "May 2021"),
        ("When was the plant opened?", "After the 1973 crisis, in 1981, the plant was opened.", "1981"),
        ("When was the bill signed?", "The Fuel Act of 1978 came before the bill that was signed in 1995.", "1995"),
        ("How long has the rule been known?", "The rule has been known since the 1950s.", "since the 1950s"),
        ("How long was the theatre open?", "The theatre was open from 1870 to 1939.", "1870 to 1939"),
        ("How many days did the siege last?", "The siege was to last 48 hours, but lasted 63 days.", "63 days"),
        ("How many days passed before the relief came?", "In the town, where a two-year ban holds, relief came.", None),
        ("How many sailors drowned?", "Nearly 3,000 sailors drowned.", "Nearly 3,000"),
        ("How many sailors drowned?", "Between 150 and 200 sailors drowned.", "Between 150 and 200"),
        ("How many judges sit?", "Under article 19(2) of the law, 28 judges sit.", "28"),
        ("How many states signed?", "The charter was signed by 11 of the then 12 member states.", "11"),
        ("How many seats are needed?", "A party needs five or more seats.", "five"),
        ("By how much did the mayor win?", "The mayor won by 151 votes.", "151 votes"),
        ("How far from Lund is the pier?", "The pier is 15 kilometres (9 miles) from Lund.", "15 kilometres"),
        ("How much must a founder have?", "A founder must have 200,000 Danish krone.", "200,000 Danish krone"),
        ("Where did the ferry sink?", "The ferry sank in Norway.", "Norway"),
        ("How many passengers did the ferry carry?", "The ferry carried 40 passengers.", "40"),
        ("How much did the ferry cost?", "The ferry cost 2 million euros.", "2 million euros"),
        ("How long did the ferry burn?", "The ferry burned for the next three days.", "three days"),
        ("Who raised the ferry?", "Engineer Nils Dahl raised the ferry.", "Nils Dahl"),
        ("Who is Anna Lund?", "Norway's President Anna Lund spoke.", "Norway's President"),
        ("Who is the president of Norway?", "Norway's President Anna Lund spoke.", "Anna Lund"),
        ("Where did the monks flee?", "The monks fled to southern Italy.", "southern Italy"),
        ("Who led the army?", "King William of Lund led the army.", "William of Lund"),
        ("Who called Anna Lund?", "Nils Dahl called Anna Lund.", "Nils Dahl"),
        ("How often does the council meet?", "The council meets every two weeks.", "every two weeks"),
        (
            "Which article speaks of freedom?",
            "Article 17(1) is on tolls, while Article 17(3) speaks of freedom.",
            "Article 17(3)",
        ),
        ("Between what years was the line open?", "The line was open between 1702 and 1709.", "1702 and 1709"),
        ("What net loss did the party suffer?", "The party suffered a net loss of five seats.", "five seats"),
        ("Which fort did they take?", "They took ships to Norway.", None),
        ("How old is Anna Lund?", "Nils Dahl, who is 51, met 35-year-old singer Anna Lund.", "35-year-old"),
        ("How old is Nils Dahl?", "Nils Dahl, who is 51, met 35-year-old singer Anna Lund.", "51"),
        ("How old is Peter Ek?", "Peter Ek met 35-year-old singer Anna Lund.", None),
        (
            "How old was Rui Lemos?",
            "A diver, Rui Lemos, 34, drowned; the body of a 71-year-old farmer was found.",
            "34",
        ),
        (
            "How old was the farmer?",
            "A diver, Rui Lemos, 34, drowned; the body of a 71-year-old farmer was found.",
            "71-year-old",
        ),
        ("How old is Anna Lund?", "Anna Lund (40) spoke.", "40"),
        ("What did Anna Lund say?", "After Anna Lund had left, “we have won the cup,” said Nils Dahl.", None),
        ("How high is the tower?", "The tower cost 40 million euros.", None),
        ("Who raised the ferry?", "The Norwegian navy raised the ferry.", None),
        ("How high is the tower?", "The tower cost 40 million euros and rises to 90 metres.", "90 metres"),
        (
            "Why did the dockers walk out?",
            "The dockers walked out in a dispute over night pay.",
            "in a dispute over night pay",
        ),
        ("Why did the ferry sink?", "The ferry sank because of a leak in the hull.", "because of a leak in the hull"),
        ("Which pier did the ferry use?", "The ferry used pier 12.", "pier 12"),
        ("What did Anna Lund say?", "“Nobody drowned,” said Anna Lund.", "“Nobody drowned,”"),
        ("What did the ferry carry?", "The ferry carried 40 passengers.", None),
        ("Why did the ferry sink?", "The ferry sank at dawn.", None),
        ("Did the ferry sink?", "The ferry sank on 4 May.", None),
    ],
)
def test_the_short_answer(ask: Ask, question: str, sentence: str, short: str | None) -> None:
    assert sure(ask(question, sentence)) == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("When did Denmark join?", "1972"),
        ("When did Greece join?", "1979"),
        ("When did Spain join?", "1985"),
    ],
)
def test_of_several_dates_the_one_that_belongs_to_the_words_asked(ask: Ask, question: str, short: str) -> None:
    text = (
        "More states have joined, from Denmark and Norway in 1972 (though Norway left), Greece in 1979, Spain in 1985."
    )
    assert sure(ask(question, text)) == short


def test_of_several_numbers_the_one_that_belongs_to_the_words_asked(ask: Ask) -> None:
    text = "The town lies 260 kilometres from the Baltic Sea and 300 kilometres from the Blue Mountains."
    assert sure(ask("How many kilometres is the town from the Blue Mountains?", text)) == "300 kilometres"
    assert sure(ask("How many kilometres is the town from the Baltic Sea?", text)) == "260 kilometres"


def test_a_derived_date_names_its_words_and_its_rule(ask: Ask) -> None:
    context = ask(
        "When did the flames reach the pier?", "The fire began on May 2. Two days later, the flames reached the pier."
    )
    found = sure_candidate(context, context.evidence[0])
    assert found is not None
    assert (found.text, found.words) == ("4 May 2021", "Two days later")
    assert found.rule is not None
    assert "“Two days later”" in found.rule


@pytest.mark.parametrize(
    "sentence",
    [
        "Nils Dahl and Anna Lund sailed.",
        "Anna Lund sailed, and so did Nils Dahl.",
        pytest.param("Captain Nils Dahl and Captain Anna Lund sailed."),
    ],
)
def test_rival_names_are_not_chosen_from(ask: Ask, sentence: str) -> None:
    assert sure(ask("Who sailed?", sentence)) is None


def test_a_span_of_a_weaker_sentence_is_not_the_short_answer(ask: Ask) -> None:
    context = ask("When did the old ferry sink off Norway?", "The old ferry sank off Norway. A dog barked on 4 May.")
    assert sure(context) is None


def test_the_best_span_comes_first_and_only_the_best_sentences_are_read(ask: Ask) -> None:
    context = ask(
        "When did the ferry sink?", "The ferry sank on 4 May. " + "The ferry was old. " * 5 + "Ferry: 9 June."
    )
    found = extract_answers(context.question, context.terms, context.evidence)
    assert [candidate.score for candidate in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].text == "4 May 2021"


@pytest.mark.parametrize(
    ("question", "text", "listed"),
    [
        ("Which countries lost a ferry?", "Norway, Sweden and Denmark lost a ferry.", ["Norway", "Sweden", "Denmark"]),
        (
            "Which countries lost a ferry?",
            "Norway lost a ferry. Sweden lost a ferry, and so Norway did again.",
            ["Norway", "Sweden"],
        ),
        ("Which countries lost a ferry?", "Nobody lost a ferry.", []),
        ("What did they lose?", "Norway and Sweden lost a ferry.", []),
    ],
)
def test_the_items_of_a_list(ask: Ask, question: str, text: str, listed: list[str]) -> None:
    assert [item.text for item in list_items(ask(question, text))] == listed


def test_the_items_of_a_list_come_from_one_article(ask: Ask) -> None:
    context = ask(
        "Which countries lost a ferry?",
        report("Norway and Sweden lost a ferry in the storm.", "one"),
        report("Denmark lost a ferry.", "two"),
    )
    assert len({item.evidence.hit.passage.article_id for item in list_items(context)}) == 1


def test_no_evidence_no_items(ask: Ask) -> None:
    assert list_items(ask("Which countries lost a zeppelin?", "Nothing of the kind.")) == ()


ASKS = ["When", "Where", "Who", "How many", "How long", "How old", "Why", "Which year", "What", "Who is", "List all"]
ABOUT = ["ferry", "Norway", "passengers", "Sverre", "built", "sank", "4 May"]


@settings(deadline=None)
@given(
    question=st.builds(
        lambda ask, about: f"{ask} {' '.join(about)}?",
        st.sampled_from(ASKS),
        st.lists(st.sampled_from(ABOUT), min_size=1),
    )
)
def test_every_candidate_is_in_its_evidence(language: EntityRecogniser, question: str) -> None:
    for candidate in context_of(language, question, report(FERRY)).candidates:
        assert candidate.evidence.span.contains(candidate.span)
        assert candidate.rule is not None or candidate.text == candidate.words


def test_a_date_by_the_right_names_is_no_answer_without_the_event(ask: Ask) -> None:
    text = "Both Norway and Iceland belong to the Fishery League, which met on 4 May 2021."
    asked = ask("When did Norway leave the Fishery League?", text)
    assert sure_candidate(asked, asked.evidence[0]) is None
    met = ask("When did the Fishery League meet?", text)
    found = sure_candidate(met, met.evidence[0])
    assert found is not None
    assert found.text == "4 May 2021"


def read(context: AnswerContext, words: str) -> AnswerContext:
    """The context whose best sentence a reader read these words from."""
    best = context.evidence[0]
    start = best.span.start + best.text.index(words)
    reading = SentenceReading(best.index, Span(start=start, end=start + len(words)), 5.0)
    best = best.model_copy(update={"reading": reading})
    candidates = tuple(
        one.model_copy(update={"evidence": best}) for one in context.candidates if one.evidence is context.evidence[0]
    )
    return replace(context, evidence=(best, *context.evidence[1:]), candidates=candidates)


@pytest.mark.parametrize(
    ("question", "sentence", "words", "short"),
    [
        ("What sank the ferry?", "A reef sank the ferry on 4 May.", "A reef", "A reef"),
        ("Who steered the ferry?", "Anna Lund steered the ferry of Peter Holt.", "Lund", "Anna Lund"),
        ("Who steered the ferry?", "The ferry was steered by remote control.", "remote control", None),
        ("Did the ferry sink?", "The ferry sank.", "The ferry sank", None),
    ],
)
def test_a_readers_span_is_the_short_answer_in_the_form_that_rules_give_it(
    ask: Ask, question: str, sentence: str, words: str, short: str | None
) -> None:
    put = read(ask(question, sentence), words)
    found = short_answer(put, put.evidence[0])
    assert (found and found.text) == short


def test_a_long_span_is_no_short_answer(ask: Ask) -> None:
    sentence = "The ferry sank because a reef that no chart of the coast had ever shown tore its hull open at dawn."
    put = read(ask("What sank the ferry?", sentence), sentence.removesuffix("."))
    assert short_answer(put, put.evidence[0]) is None
