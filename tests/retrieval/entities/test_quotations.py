"""Quotations and their speakers."""

from __future__ import annotations

import pytest

from retrieval.entities.quotations import find_quotations


def speakers(text: str) -> list[str | None]:
    return [mention.value for mention in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We trust them and wish them well,” it said.", "it"),
        (
            '"The talks were good," a source in the Ministry of Justice told the agency.',
            "a source in the Ministry of Justice",
        ),
        ("“We will win this,” said Dana Novak, the club's coach. He left.", "Dana Novak, the club's coach"),
        ("“We will win this,” said the club's coach, Dana Novak.", "the club's coach, Dana Novak"),
        ("“We will win this,” said Mr. Novak on Monday after the match.", "Mr. Novak"),
        (
            'The airline\'s chief Ron Hill said in an interview, "Everyone told us we were wrong."',
            "The airline's chief Ron Hill",
        ),
        ("According to the mayor, “nobody has been hurt so far”.", "the mayor"),
        ("``We have no other choice,'' she said.", "she"),
        ("«Мы никого не боимся вообще», said the minister.", "the minister"),
    ],
)
def test_the_speaker_is_named_as_written(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_a_quotation_goes_on_with_its_speaker() -> None:
    assert speakers("“We trust them,” the mayor said. “They are our friends in need.”") == ["the mayor", "the mayor"]


def test_a_quotation_of_several_sentences_is_one() -> None:
    text = "“We trust them. We wish them well. They will overcome it,” it said."
    (mention,) = find_quotations(text)
    assert mention.span.of(text) == "“We trust them. We wish them well. They will overcome it,”"


def test_titles_and_nicknames_are_no_quotations() -> None:
    assert speakers("The film “Black Rain” won. They call him “The Rock” here.") == []


def test_a_quotation_that_nobody_is_shown_to_say_has_no_speaker() -> None:
    assert speakers("A sign at the gate: “Nobody may enter this place now.”") == [None]


def test_the_next_sentence_does_not_speak() -> None:
    assert speakers("“We have been here for many years.” Novak left. Hill said nothing.") == [None]
