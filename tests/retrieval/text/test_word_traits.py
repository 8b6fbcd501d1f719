"""The words of a sentence with what each may be."""

from __future__ import annotations

import pytest

from retrieval.text.word_traits import TaggedSentence, are_adjacent, folded_phrase, spelling_of, tag_sentence


def tagged(text: str) -> TaggedSentence:
    return tag_sentence(text, 0, len(text))


@pytest.mark.parametrize(
    ("word", "trait"),
    [
        ("minister", "role"),
        ("ministers", "plural"),
        ("Anna", "given"),
        ("Ministry", "org_noun"),
        ("January", "calendar"),
        ("Thurs", "calendar"),
        ("said", "speech"),
        ("twelve", "count"),
        ("NATO", "upper"),
        ("J.", "initial"),
        ("IV", "roman"),
        ("iPhone", "camel"),
        ("12", "number"),
        (",", "mark"),
    ],
)
def test_a_word_has_the_traits_of_its_shape_and_its_table(word: str, trait: str) -> None:
    assert tagged(f"x {word} x").words[1].has(trait)


@pytest.mark.parametrize("word", ["may", "sat", "sun"])
def test_words_that_are_mostly_something_else_are_not_of_the_calendar(word: str) -> None:
    assert not tagged(word).words[0].has("calendar")


def test_words_keep_their_offsets_in_the_whole_text() -> None:
    text = "Nothing. He met Anna’s aunt."
    sentence = tag_sentence(text, 9, len(text))
    assert [text[word.start : word.end] for word in sentence.words] == ["He", "met", "Anna", "’s", "aunt", "."]
    assert [sentence.words[place].text for place in sentence.capitals] == ["He", "Anna"]


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("Turkish Foreign Minister Visits Kazakhstan", True),
        ("MINISTERS MEET ON FRIDAY", True),
        ("The ministers met in Geneva.", False),
        ("He said Turkish Foreign Minister Visits Kazakhstan.", False),
    ],
)
def test_capitals_say_nothing_in_a_headline(text: str, titled: bool) -> None:
    assert tagged(text).titled is titled


def test_words_as_a_key_and_as_they_are_written() -> None:
    words = tagged("Ursula al-Assad’s").words
    assert folded_phrase(words) == "ursula al - assad 's"
    assert spelling_of(words) == "ursula al-assad's"


def test_adjacent_words_have_nothing_between_them() -> None:
    first, hyphen, second = tagged("al-Assad").words
    assert are_adjacent(first, hyphen)
    assert not are_adjacent(first, second)
