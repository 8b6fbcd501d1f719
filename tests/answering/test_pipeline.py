"""The pipeline over invented articles: cited answers, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.answering.models import NoAnswer, QuestionKind, Reason, StatementKind
from bot.answering.pipeline import Answerer
from bot.answering.readings import PassageReading, SentenceReading
from bot.answering.response.text import to_html, to_plain
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Hit, Knowledge
from retrieval.timex.finder import find_dates
from tests.answering.articles import CHESS, FIRE, MOURNING
from tests.answering.workbench import DAY, System, report
from tests.tglab.formatting import parse_html


def gap(*values: object, reason: str) -> object:
    """A row of a table that is not reached yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


SHORT_ANSWERS = [
    ("When did the fire break out?", "3 May 2021", "herald-fire"),
    ("When did the flames reach the library?", "5 May 2021", "herald-fire"),
    ("When was the museum founded?", "1925", "herald-fire"),
    ("When will the next marathon be held?", "14 October 2021", "star-chess"),
    ("Who came second in the marathon?", "Petar Iliev", "star-chess"),
    ("Who is the foreign minister of Slovenia?", "Jure Kranjc", "herald-fire"),
    ("Who is Switzerland's sports minister?", "Claire Monod", "star-chess"),
    ("Who is Jure Kranjc?", "Slovenia's Foreign Minister", "herald-fire"),
    ("How many people were injured in the fire?", "Twelve", "herald-fire"),
    ("How many games did Wrona play?", "41", "star-chess"),
    ("How many charts were stored in the library?", "900", "herald-fire"),
    ("How long did firefighters fight the flames?", "nine hours", "herald-fire"),
    ("What caused the fire in the museum?", "caused by a faulty heating pipe", "herald-fire"),
    ("Why was the marathon postponed?", "because of a strike of railway workers", "star-chess"),
    ("What did Vesna Horvat say?", '"We saved the anchor and nothing else,"', "herald-fire"),
    gap(
        "Where was the chess marathon held?", "Geneva", "star-chess", reason="a plan answers a question about the past"
    ),
    ("How old is Zofia Wrona?", "Nineteen-year-old", "star-chess"),
    gap(
        "How much did Zofia Wrona receive?",
        "25,000 francs",
        "star-chess",
        reason="the sentence behind is not looked at",
    ),
    ("Who is the mayor of Split?", "Ante Babic", "herald-fire"),
]


@pytest.mark.parametrize(("question", "short", "article"), SHORT_ANSWERS)
def test_the_short_answer_and_its_proof(system: System, question: str, short: str, article: str) -> None:
    answer = system.answer(question)
    assert answer.short is not None
    assert answer.short.text == short
    assert answer.citation(1).article_id == article


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Petar Iliev accuse the organisers?", "accused the organisers of favouring short games"),
        ("What happened on May 3?", "A fire broke out"),
        ("What is planned for October 14?", "The next marathon will be held in Lisbon"),
        ("museum library charts", "900 charts"),
        ("who won the chess marathon", "Zofia Wrona of Poland won"),
        ("WHEN DID THE FLAMES REACH THE LIBRARY?", "the flames reached the library"),
        ("The flames reached the library when?", "the flames reached the library"),
    ],
)
def test_questions_without_a_short_answer_are_answered_by_the_sentence(
    system: System, question: str, words: str
) -> None:
    assert words in system.answer(question).citation(1).quote


def test_a_list_gives_every_item_with_its_number(system: System) -> None:
    answer = system.answer("Which countries took part?")
    items = [statement.text for statement in answer.statements if statement.kind is StatementKind.ITEM]
    assert items == ["Bulgaria", "Hungary", "Portugal", "Iceland"]
    assert "Bulgaria, Hungary, Portugal, Iceland (4)" in to_plain(answer)


def test_a_derived_date_is_shown_with_the_words_of_the_source(system: System) -> None:
    said = system.said("When did the flames reach the library?")
    assert said.startswith("5 May 2021 (“Two days later”, counted from 3 May)\n")


def test_articles_that_agree_are_all_cited(system: System) -> None:
    answer = system.answer("When did the fire break out?")
    assert {citation.article_id for citation in answer.citations} == {"herald-fire", "tribune-fire"}
    assert "2 articles say so [1][2]" in to_plain(answer)


def test_articles_that_differ_are_shown_side_by_side(system: System) -> None:
    answer = system.answer("How much will rebuilding the museum cost?")
    shorts = {statement.text for statement in answer.statements if statement.kind is StatementKind.SHORT}
    assert shorts == {"3 million euros", "5 million euros"}
    assert "3 million euros, says Coastal Herald" in to_plain(answer)
    assert "5 million euros, says Morning Tribune" in to_plain(answer)
    assert "say so" not in to_plain(answer)


@pytest.mark.parametrize(
    ("outlet", "short", "article"),
    [("the Coastal Herald", "3 million euros", "herald-fire"), ("Morning Tribune", "5 million euros", "tribune-fire")],
)
def test_an_outlet_named_is_the_only_one_quoted(system: System, outlet: str, short: str, article: str) -> None:
    answer = system.answer(f"According to {outlet}, how much will rebuilding the museum cost?")
    assert answer.short is not None
    assert answer.short.text == short
    assert {citation.article_id for citation in answer.citations} == {article}


@pytest.mark.parametrize(
    ("topic", "outlets"),
    [("the fire in the museum", {"Coastal Herald", "Morning Tribune"}), ("the chess marathon", {"Evening Star"})],
)
def test_which_outlets_reported(system: System, topic: str, outlets: set[str]) -> None:
    answer = system.answer(f"Which outlets reported {topic}?")
    assert {citation.header.outlet for citation in answer.citations} == outlets


SILENCES = [
    ("What did Boris Novak say?", Reason.UNKNOWN_NAME, "No article mentions “Boris” or “Novak”."),
    ("When did the fire reach Dubrovnik?", Reason.UNKNOWN_NAME, "No article mentions “Dubrovnik”."),
    ("According to Reuters, how many people were injured?", Reason.UNKNOWN_OUTLET, "No article here is from Reuters."),
    (
        "Who is the foreign minister of Switzerland?",
        Reason.RELATION_NOT_STATED,
        "No article says who is “foreign minister of Switzerland”.",
    ),
    ("Who is the foreign minister of Poland?", Reason.RELATION_NOT_STATED, "No article says who"),
    ("Who is the mayor of Zadar?", Reason.RELATION_NOT_STATED, "No article says who is “mayor of Zadar”."),
    ("How old is Ante Babic?", Reason.VALUE_NOT_GIVEN, "No article on this gives an age."),
    ("Who won the football match?", Reason.NOT_SURE, "The articles do not say."),
    ("How many people died in the fire?", Reason.NOT_SURE, "The articles do not say."),
    ("Why do volcanoes hibernate?", Reason.NOTHING_FOUND, "The articles have nothing on this."),
    ("Hello!", Reason.GREETING, "Hello!"),
    ("Thank you very much", Reason.THANKS, "You are welcome."),
    ("", Reason.EMPTY_QUESTION, "What would you like to know?"),
    (" \n\t", Reason.EMPTY_QUESTION, "What would you like to know?"),
    ("?!", Reason.EMPTY_QUESTION, "What would you like to know?"),
    ("who is it", Reason.EMPTY_QUESTION, "What would you like to know?"),
    ("When was the museum in Zagreb founded?", Reason.SAID_OTHERWISE, "The articles do not say."),
    gap(
        "Who lost the chess marathon?",
        Reason.NOT_SURE,
        "The articles do not say",
        reason="the sentence on the winner stands for the loser, whose antonym it is",
    ),
]


@pytest.mark.parametrize(("question", "reason", "words"), SILENCES)
def test_silence_says_why(system: System, question: str, reason: Reason, words: str) -> None:
    reply = system.silence(question)
    assert reply.reason is reason
    assert words in to_plain(reply)


FALSE_SILENCES = [
    ("Who is the director of the museum?", "Vesna Horvat"),
    ("Which cities are the investigators from?", "Zadar"),
    ("What happened on May 6?", "Zofia Wrona"),
]


@pytest.mark.parametrize(("question", "words"), FALSE_SILENCES)
def test_what_an_article_says_is_not_kept_back(system: System, question: str, words: str) -> None:
    assert words in to_plain(system.answer(question))


@pytest.mark.parametrize(
    ("question", "line", "short"),
    [
        ("When was the musuem founded?", "Showing results for: museum (not “musuem”)", "1925"),
        ("when did the fire brek out", None, "3 May 2021"),
        ("How many chrats were stored in the library?", "Showing results for: charts (not “chrats”)", "900"),
    ],
)
def test_a_typing_error_is_respelt_aloud(system: System, question: str, line: str | None, short: str) -> None:
    answer = system.answer(question)
    assert answer.short is not None
    assert answer.short.text == short
    assert to_plain(answer).startswith(line or "Showing results for:")


def test_a_word_that_asks_is_not_respelt(system: System) -> None:
    assert system.answer("What is planned for October 14?").respellings == ()


def test_an_empty_corpus_has_nothing_to_answer_from(new_system: Callable[..., System]) -> None:
    empty = new_system()
    assert empty.silence("When did the fire break out?").reason is Reason.EMPTY_CORPUS
    assert empty.silence("Hello").reason is Reason.GREETING
    assert "no articles yet" in empty.said("When did the fire break out?")


def test_a_removed_article_is_gone_from_every_answer(new_system: Callable[..., System]) -> None:
    system = new_system(FIRE, MOURNING, CHESS)
    assert system.short("When did the flames reach the library?") == "5 May 2021"
    system.ingest.remove("herald-fire")
    assert system.silence("When did the flames reach the library?").reason is not None
    reply = system.answer("When did the fire in the museum break out?")
    assert {citation.article_id for citation in reply.citations} == {"tribune-fire"}
    for question in ("Who is Jure Kranjc?", "How long did firefighters fight the flames?", "museum library charts"):
        assert "herald" not in system.said(question).lower()


def test_a_changed_article_answers_anew(new_system: Callable[..., System]) -> None:
    system = new_system(CHESS)
    assert system.short("How many games did Wrona play?") == "41"
    system.add(CHESS.model_copy(update={"text": CHESS.text.replace("41 games", "43 games")}))
    assert system.short("How many games did Wrona play?") == "43"


def test_an_inferred_date_is_said_to_be_inferred(new_system: Callable[..., System]) -> None:
    undated = report(
        "The ferry Sverre sank off Norway on Thursday, May 6. Nobody drowned, the coast guard said.", "ferry", None
    )
    system = new_system(CHESS, undated.model_copy(update={"published": None, "title": "Ferry Sverre lost"}))
    answer = system.answer("When did the ferry Sverre sink?")
    published = answer.citation(1).header.published
    assert published is not None
    assert (published.day, published.known) == (DAY, Knowledge.INFERRED)
    assert "“Ferry Sverre lost”, date inferred: 6 May 2021" in to_plain(answer)


HOSTILE = "<b>Ketch</b> & \"Sons\" </blockquote><a href='x'>sank</a> <script>alert(1)</script>"


def test_what_hostile_articles_say_is_shown_as_text(new_system: Callable[..., System]) -> None:
    text = f"The yacht {HOSTILE} left the harbour of Oslo at noon on 4 May. The crew of the yacht waved."
    system = new_system(report(text, "yacht", outlet="<i>Wire</i>", title="<u>Yacht</u> & more"), CHESS)
    reply = system.answer("When did the yacht leave the harbour of Oslo?", always=True)
    shown = [parse_html(block) for block in to_html(reply)]
    assert HOSTILE in " ".join(text for text, _ in shown)
    assert {entity["type"] for _, entities in shown for entity in entities} <= {
        "bold",
        "blockquote",
        "expandable_blockquote",
    }


def test_always_answers_where_there_is_any_evidence(system: System) -> None:
    assert isinstance(system.ask("How many people died in the fire?").reply, NoAnswer)
    answer = system.answer("How many people died in the fire?", always=True)
    assert answer.citations
    assert 0.0 <= answer.confidence < 0.5
    assert isinstance(system.ask("Why do volcanoes hibernate?", always=True).reply, NoAnswer)


def test_a_higher_threshold_is_more_silent(system: System, language: EntityRecogniser) -> None:
    strict = Answerer(system.search.find, language.analyse, system.store.profile, threshold=1.0)
    assert isinstance(strict.answer("When did the flames reach the library?").reply, NoAnswer)


def test_what_is_near_but_not_sure_is_shown_as_the_closest(system: System, language: EntityRecogniser) -> None:
    question = "When did the flames reach the library?"
    unsure = Answerer(
        system.search.find,
        language.analyse,
        system.store.profile,
        threshold=1.0,
        closest_threshold=0.0,
        find_dates=find_dates,
    )
    reply = unsure.answer(question, today=DAY).reply
    assert isinstance(reply, NoAnswer)
    assert (reply.reason, reply.citations) == (Reason.CLOSEST, reply.nearest)
    assert "the flames reached the library" in reply.citations[0].quote
    assert to_plain(reply).startswith("Not sure. Closest:\n| Two days later, the flames reached the library")
    assert unsure.answer(question, today=DAY, always=True).reply == system.answer(question, always=True)


def test_a_trace_has_each_step(system: System) -> None:
    trace = system.ask("When did the flames reach the library?")
    assert trace.question is not None
    assert trace.question.kind is QuestionKind.WHEN
    assert trace.finding is not None
    assert trace.finding.hits
    assert trace.evidence[0].text == "Two days later, the flames reached the library, where 900 charts were stored."
    assert trace.candidates[0].text == "5 May 2021"
    assert trace.confidence


@pytest.mark.parametrize(
    "asked", ["Hello! {} Thanks.", "Good morning. Please tell me: {}", "Quick question: {} Thank you"]
)
def test_courtesies_change_no_answer(system: System, asked: str) -> None:
    question = "How many people were injured in the fire?"
    assert system.answer(asked.format(question)).statements == system.answer(question).statements


class UnfittedReader:
    """Is very sure of the first sentence of each passage; no weights were fitted for it."""

    digest = "unfitted"

    def __init__(self) -> None:
        self.questions: list[str] = []

    def __call__(self, question: str, hits: Sequence[Hit]) -> tuple[PassageReading, ...]:
        self.questions.append(question)
        return tuple(
            PassageReading(hit.passage.id, (SentenceReading(0, hit.passage.sentences[0].span, 90.0),)) for hit in hits
        )


def answerer_with(reader: UnfittedReader, system: System, language: EntityRecogniser, threshold: float) -> Answerer:
    return Answerer(
        system.search.find,
        language.analyse,
        system.store.profile,
        threshold=threshold,
        closest_threshold=0.0,
        find_dates=find_dates,
        reader=reader,
    )


def test_a_reader_that_nothing_was_fitted_for_only_shows_the_closest(
    system: System, language: EntityRecogniser
) -> None:
    reader = UnfittedReader()
    reply = (
        answerer_with(reader, system, language, threshold=1.0).answer("When did the flames reach the library?").reply
    )
    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.CLOSEST
    assert reader.questions == ["When did the flames reach the library?"]


def test_a_question_of_many_terms_is_not_read(system: System, language: EntityRecogniser) -> None:
    reader = UnfittedReader()
    words = "flames library museum fire mayor bridge harbour chess marathon coffee strike trees storm"
    answerer_with(reader, system, language, threshold=1.0).answer(f"When did {words} happen?")
    assert reader.questions == []


def test_a_name_that_no_article_has_is_not_read_for(system: System, language: EntityRecogniser) -> None:
    reader = UnfittedReader()
    reply = answerer_with(reader, system, language, threshold=0.3).answer("When did Zorblax Quux reach it?").reply
    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.UNKNOWN_NAME
    assert reader.questions == []
