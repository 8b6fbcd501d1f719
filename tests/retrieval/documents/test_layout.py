"""Headlines, datelines, subheads and paragraphs, and what a text says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents.layout import stated_header, text_blocks
from retrieval.models import TextPart

_LONG = "Turkey said on Monday that it was closely following the protests in Kazakhstan, and offered its help."


def parts(text: str) -> list[tuple[TextPart, str]]:
    return [(block.part, block.span.of(text)) for block in text_blocks(text)]


def test_headline_dateline_subhead_and_body_are_distinguished() -> None:
    text = f"Diplomats discuss Kazakhstan\n\nANKARA\n\n{_LONG}\n\nMinisters meet on Friday\n\n{_LONG}\n\n{_LONG}\n"
    assert parts(text) == [
        (TextPart.HEADLINE, "Diplomats discuss Kazakhstan"),
        (TextPart.DATELINE, "ANKARA"),
        (TextPart.BODY, _LONG),
        (TextPart.SUBHEAD, "Ministers meet on Friday"),
        (TextPart.BODY, _LONG),
        (TextPart.BODY, _LONG),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "ANKARA, January 6. /TASS/.",
        " date 2022-01-06 ANKARA, January 6. /TASS/.",
        "WASHINGTON (Reuters) -",
        "LONDON, March 3 (AP) —",
        "GENEVA/ZURICH, Oct 2 (Reuters) --",
        "KABUL, Afghanistan (AP) —",
        "Moscow, January 6 (Interfax) –",
        "BEIJING –",
        "Published on 6 January 2022",
    ],
)
def test_a_dateline_is_parted_from_the_first_sentence(head: str) -> None:
    assert parts(f"{head} {_LONG}\n\n{_LONG}")[:2] == [(TextPart.DATELINE, head.strip()), (TextPart.BODY, _LONG)]


def test_dateline_and_its_sentence_share_a_paragraph() -> None:
    first, second, third = text_blocks(f"ANKARA, January 6. /TASS/. {_LONG}\n\n{_LONG}")
    assert (first.paragraph, second.paragraph, third.paragraph) == (0, 0, 1)


def test_each_long_line_is_a_paragraph() -> None:
    assert parts(f"{_LONG}\n{_LONG}\n{_LONG}") == [(TextPart.BODY, _LONG)] * 3


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Turkey said on Monday that it was closely following the protests in\n"
        "neighbouring countries and that the government which had resigned was\n"
        "still in charge of daily business until a new one is formed by the\n"
        "president of the republic."
    )
    assert parts(f"{wrapped}\n\n{wrapped}") == [(TextPart.BODY, wrapped)] * 2


def test_a_list_is_not_a_row_of_subheads() -> None:
    text = f"{_LONG}\n\n- Almaty\n\n- Aktau\n\nAtyrau\n\nAktobe\n\nTaraz\n\n{_LONG}"
    assert {part for part, _ in parts(text)} == {TextPart.BODY}


def test_markdown_headings_are_heads() -> None:
    text = f"# Protests spread\n\n{_LONG}\n\n## Almaty\n\n{_LONG}"
    assert [part for part, _ in parts(text)] == [TextPart.HEADLINE, TextPart.BODY, TextPart.SUBHEAD, TextPart.BODY]
    assert stated_header(text).title == "Protests spread"


def test_a_lone_sentence_is_body() -> None:
    assert parts("No full stop here") == [(TextPart.BODY, "No full stop here")]


@pytest.mark.parametrize(
    ("text", "outlet", "published", "place"),
    [
        (f" date 2022-01-06 ANKARA, January 6. /TASS/. {_LONG}", "TASS", date(2022, 1, 6), "ANKARA"),
        (f"LONDON, March 3, 2021 (AP) — {_LONG}", "AP", date(2021, 3, 3), "LONDON"),
        (f"WASHINGTON (Reuters) - {_LONG}", "Reuters", None, "WASHINGTON"),
        (f"A headline\nMarch 27, 2008\n{_LONG}", None, date(2008, 3, 27), None),
        (f"Title: A headline\nSource: The Paper\nDate: 6 January 2022\n{_LONG}", "The Paper", date(2022, 1, 6), None),
        (_LONG, None, None, None),
    ],
)
def test_header_is_what_the_text_says_of_itself(
    text: str, outlet: str | None, published: date | None, place: str | None
) -> None:
    stated = stated_header(text)
    assert (stated.outlet, stated.published, stated.place) == (outlet, published, place)


def test_header_has_the_headline() -> None:
    assert stated_header(f"A headline\n\n{_LONG}\n\n{_LONG}").title == "A headline"
    assert stated_header(f"Title: A headline\n{_LONG}").title == "A headline"


_PIECES = st.sampled_from(
    ["A headline", "\n", "\n\n", "ANKARA", ", January 6", ". /TASS/. ", "date 2022-01-06 ", " ", "- item", "# x", _LONG]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_blocks_cover_all_but_white_space(text: str) -> None:
    end = 0
    for block in text_blocks(text):
        assert text[end : block.span.start].strip() == ""
        assert block.span.of(text) == block.span.of(text).strip()
        end = block.span.end
    assert text[end:].strip() == ""
    stated_header(text)
