"""Passages: windows of paragraphs with exact offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents.passages import index_text, split_passages
from retrieval.models import Article, Header, Passage, TextPart


def paragraph(words: int, word: str = "word") -> str:
    """Sentences of ten words."""
    return " ".join(f"{word.capitalize()} {' '.join([word] * 8)} {word}." for _ in range(words // 10))


def passages_of(*paragraphs: str, title: str | None = None) -> tuple[Passage, ...]:
    return split_passages(Article(id="a", text="\n\n".join(paragraphs), title=title))


def sizes(passages: tuple[Passage, ...]) -> list[int]:
    return [len(passage.text.split()) for passage in passages]


def test_paragraphs_of_normal_length_stay_alone() -> None:
    assert sizes(passages_of(paragraph(100), paragraph(120), paragraph(180))) == [100, 120, 180]


def test_short_paragraphs_are_joined() -> None:
    assert sizes(passages_of(*[paragraph(40)] * 8)) == [200, 120]


def test_a_stray_line_joins_the_long_paragraph_before_it() -> None:
    assert sizes(passages_of(paragraph(100), paragraph(10), paragraph(120), paragraph(110))) == [110, 120, 110]


def test_long_paragraphs_are_cut_at_sentences() -> None:
    passages = passages_of(paragraph(1000))
    assert sizes(passages) == [500, 500]
    assert all(passage.text.endswith(".") for passage in passages)


def test_a_sentence_beyond_measure_is_cut_at_white_space() -> None:
    assert max(sizes(passages_of("word " * 5000))) <= 800


def test_a_subhead_starts_a_passage_and_heads_its_section() -> None:
    text = (paragraph(40), "Ministers meet on Friday", paragraph(100), paragraph(100))
    first, second, third = passages_of(*text)
    assert [first.heading, second.heading, third.heading] == [None, text[1], text[1]]
    assert second.sentences[0].part is TextPart.SUBHEAD
    assert second.text.startswith(text[1])


def test_headline_and_dateline_are_in_the_first_passage() -> None:
    first, *_ = passages_of("A headline", "ANKARA", paragraph(100), paragraph(100))
    assert [sentence.part for sentence in first.sentences[:3]] == [TextPart.HEADLINE, TextPart.DATELINE, TextPart.BODY]


def test_sentences_know_their_paragraph() -> None:
    first, *_ = passages_of(paragraph(20), paragraph(30))
    assert [sentence.paragraph for sentence in first.sentences] == [0, 0, 1, 1, 1]


def test_ids_count_from_zero() -> None:
    assert [passage.id for passage in passages_of(paragraph(100), paragraph(100))] == ["a#0", "a#1"]


def test_index_text_says_nothing_twice() -> None:
    head, section, rest = passages_of("A headline", paragraph(100), "A subhead", paragraph(100), paragraph(90))[:3]
    header = Header(id="a", title="A headline")
    assert index_text(head, header) == head.text
    assert index_text(section, header) == f"A headline\n{section.text}"
    assert index_text(rest, header) == f"A headline\nA subhead\n{rest.text}"


_PIECES = st.sampled_from(
    ["\n", "\n\n", "A subhead", paragraph(20), paragraph(90), "word " * 1300, "x" * 5000, "ANKARA"]
)


@given(st.one_of(st.text(min_size=1), st.lists(_PIECES, min_size=1).map("".join)))
def test_passages_cover_all_but_white_space(text: str) -> None:
    end = 0
    for ordinal, passage in enumerate(split_passages(Article(id="a", text=text))):
        assert passage.id == f"a#{ordinal}"
        assert text[end : passage.span.start].strip() == ""
        assert passage.text == passage.span.of(text)
        assert len(passage.text.split()) <= 850
        end = passage.span.end
    assert text[end:].strip() == ""


@given(st.one_of(st.text(min_size=1), st.lists(_PIECES, min_size=1).map("".join)))
def test_sentences_cover_their_passage(text: str) -> None:
    for passage in split_passages(Article(id="a", text=text)):
        end = passage.span.start
        for sentence in passage.sentences:
            assert text[end : sentence.span.start].strip() == ""
            assert sentence.span.of(text).strip()
            end = sentence.span.end
        assert end == passage.span.end
