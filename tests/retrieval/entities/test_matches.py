"""Words of a line as a mention with offsets into the text."""

from __future__ import annotations

from retrieval.entities.matches import EntityMatch, span_of
from retrieval.models import MentionKind
from retrieval.text.word_traits import tag_sentence

TEXT = "Yesterday Mayor Duarte Pimentel left."
WORDS = tag_sentence(TEXT, 0, len(TEXT)).words


def test_words_have_offsets_of_the_text() -> None:
    assert span_of(WORDS, 2, 4).of(TEXT) == "Duarte Pimentel"


def test_a_match_becomes_a_mention_with_its_role() -> None:
    mention = EntityMatch(2, 4, MentionKind.PERSON, "duarte pimentel", role=(1, 2)).mention(WORDS)
    assert mention.span.of(TEXT) == "Duarte Pimentel"
    assert mention.role is not None
    assert (mention.role.of(TEXT), mention.value) == ("Mayor", "duarte pimentel")
    assert EntityMatch(0, 1, MentionKind.PLACE).mention(WORDS).role is None
