"""Who a sentence names, in what role, and what only looks like a person's name."""

from __future__ import annotations

import pytest

from retrieval.documents.passages import split_passages
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Article, Mention, MentionKind


def mentions_of(text: str, *kinds: MentionKind) -> list[Mention]:
    article = Article(id="a", text=text)
    passages = EntityRecogniser().annotate(article, split_passages(article))
    return [mention for passage in passages for mention in passage.mentions if mention.kind in kinds]


def people(text: str) -> list[tuple[str, str | None]]:
    found = mentions_of(text, MentionKind.PERSON)
    return [(mention.span.of(text), mention.role.of(text) if mention.role else None) for mention in found]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mayor {} said the road was shut.", "Mayor"),
        ("Mayor {} said", "Mayor"),
        ("The mayor of Coimbra, {}, said so.", "mayor of Coimbra"),
        ("“Nobody was hurt here,” said Turkey's mayor, {}.", "Turkey's mayor"),
        ("“Nobody was hurt here,” said Qwarn's mayor, {}.", "Qwarn's mayor"),
        ("He met Norway's coach, {}, in the hall.", "Norway's coach"),
        ("The president of Norland, {}, resigned.", "president of Norland"),
        ("Norland's president {} resigned.", "Norland's president"),
        ("Norland's president, {}, resigned.", "Norland's president"),
        ("Norwegian president {} resigned.", "Norwegian president"),
        ("Yesterday President {} of Norland resigned.", "President {} of Norland"),
        ("Governor {} of the Bank of Norland resigned.", "Governor {} of the Bank of Norland"),
        ("Opposition leader and lawyer {} spoke.", "Opposition leader and lawyer"),
        ("The head of the rescue service, {}, said so.", "head of the rescue service"),
        ("Norland's foreign minister, Dr {}, said so.", "Norland's foreign minister"),
        ("They met Gov. {} in the hall.", "Gov."),
        ("They met Sen. {} of Norland.", "Sen. {} of Norland"),
        ("The winner, {}, is a 28-year-old carpenter.", "winner"),
    ],
)
def test_a_role_shows_a_person_of_any_name(text: str, role: str) -> None:
    name = "Duarte Pimentel"
    assert people(text.format(name)) == [(name, role.format(name))]


@pytest.mark.parametrize(
    "text",
    [
        "{}, 54, was at home.",
        "Yesterday {}, 54, said he was glad.",
        "{} and his wife were at home.",
        "{} was born in the north.",
        "{}, who died in 1950, wrote it.",
        "{} was arrested near the border.",
        "{} resigned at once.",
        "They asked Mr {} again.",
        "Who is {}?",
    ],
)
def test_what_only_people_have_or_do_shows_a_person(text: str) -> None:
    assert people(text.format("Duarte Pimentel")) == [("Duarte Pimentel", None)]


def test_an_age_shows_that_a_lone_name_spoke() -> None:
    assert people("“It was very cold there,” said Pimentel, 44.") == [("Pimentel", None)]


def test_a_surname_with_a_title_shows_the_full_name() -> None:
    text = "In the square they met Duarte Pimentel. Later Mr Pimentel left."
    assert [name for name, _ in people(text)] == ["Duarte Pimentel", "Pimentel"]


@pytest.mark.parametrize(
    "text",
    [
        "They live on Duarte Pimentel Street.",
        "They live on John Lund Avenue near John Lund Park.",
        "The Duarte Pimentel Foundation paid for it.",
        "The ferry Anna Lund sank off the coast.",
        "The HMS Anna Lund sank off the coast.",
        "Nobody sang the song Anna Lund again.",
        "Under the Duarte Pimentel Act, it is banned.",
        "Under the Sherman Act and Clayton Act, it is banned.",
        "She won the Anna Lund Prize and the John Lund Trophy.",
        "Anna Lund Airlines fell by 3%.",
        "John Lund Holdings Ltd said it had grown.",
        "The Prime Minister's office said so.",
        "Prime Minister's questions are on Wednesday.",
        "They saw Victoria Falls and the Aurora Heights.",
        "Norsk Zorblax, a laptop maker, grew.",
        "Dark Sky, the film that won, is long.",
        "Playa Dorada is a marine park.",
        "Climate Change is the chief cause.",
        "The Governor of the Bank of Norland spoke.",
        "Hurricane Anna Lund hit the coast.",
        "They beat Team Norland, 54, in the final.",
        "Qwarn Rovers, Norland Town and Zelph Athletic lost.",
    ],
)
def test_what_bears_a_persons_name_is_no_person(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    "text", ["Anna Lund, 54, said so.", "Anna Lund, 54, a nurse, said so.", "Mayor Duarte Pimentel, 54, said so."]
)
def test_a_number_between_commas_behind_a_name_is_an_age(text: str) -> None:
    (age,) = mentions_of(text, MentionKind.NUMBER)
    assert (age.span.of(text), age.value, age.detail) == ("54", "54", "age")


def test_numbers_of_a_list_are_no_ages() -> None:
    numbers = mentions_of("Anna Lund, 27. John Berg, 31. Mary Hill, 32. Ann King.", MentionKind.NUMBER)
    assert "age" not in {number.detail for number in numbers}


def test_an_age_in_a_role_stays_a_mention() -> None:
    text = "Duarte Pimentel, a 23-year-old midfielder, scored."
    (age,) = mentions_of(text, MentionKind.DURATION)
    assert (age.span.of(text), age.detail) == ("23-year-old", "age")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Turkey’s Parliament Speaker Mustafa Şentop spoke.", "Mustafa Şentop", "Turkey’s Parliament Speaker"),
        ("He met US Assistant Secretary of State Karen Donfried.", "Karen Donfried", "US Assistant Secretary of State"),
        ("He called his Azerbaijani counterpart, Ceyhun Bayramov.", "Ceyhun Bayramov", "his Azerbaijani counterpart"),
        ("The former British prime minister Tony Blair spoke.", "Tony Blair", "former British prime minister"),
        ("Acme president and chief executive Ron Sugar left.", "Ron Sugar", "Acme president and chief executive"),
        ("On Monday, coach Kyle Shanahan left.", "Kyle Shanahan", "coach"),
    ],
)
def test_a_person_has_the_role_beside_the_name(text: str, name: str, role: str) -> None:
    assert people(text) == [(name, role)]


def test_people_share_a_role_of_several() -> None:
    role = "foreign ministers of Turkey and Russia"
    text = f"The {role}, Mevlüt Çavuşoğlu and Sergey Lavrov, met."
    assert people(text) == [("Mevlüt Çavuşoğlu", role), ("Sergey Lavrov", role)]


def test_a_role_of_one_is_not_shared() -> None:
    assert people("President Joe Biden and Kamala Harris met.") == [("Joe Biden", "President"), ("Kamala Harris", None)]


@pytest.mark.parametrize(
    "name",
    [
        "J. K. Rowling",
        "Bashar al-Assad",
        "Ursula von der Leyen",
        "Sam Bankman-Fried",
        "Robert Downey Jr.",
        "Michael King",
    ],
)
def test_names_of_many_shapes_are_whole(name: str) -> None:
    assert [found for found, _ in people(f"Yesterday {name} spoke there.")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Super Bowl was on Sunday.",
        "Wall Street fell in May.",
        "Mercedes and Honda met.",
        "I Wish You Would is a song.",
    ],
)
def test_other_capitals_are_no_people(text: str) -> None:
    assert people(text) == []
