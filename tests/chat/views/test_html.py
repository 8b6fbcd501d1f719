"""Telegram's HTML is read into runs of text and written again, balanced and escaped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.views.html import ENTITY_BYTES, MOST_ADDRESS, cut, elements, parse, text_of, write


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<b>a</b> &amp; b", "<b>a</b> &amp; b"),
        ("<strong>a</strong><em>b</em>", "<b>a</b><i>b</i>"),
        ("<b>a<i>b</b>c", "<b>a<i>b</i></b><i>c</i>"),
        ("a</b>b", "ab"),
        ("<p>a</p><script>b</script>", "ab"),
        ("<blockquote expandable>a</blockquote>", "<blockquote expandable>a</blockquote>"),
        ('<a href="https://x.org/?a=1&amp;b=2">a</a>', '<a href="https://x.org/?a=1&amp;b=2">a</a>'),
        ('<a href="javascript:x">a</a>', "a"),
        ('<a href="http://[bad">a</a>', "a"),
        (f'<a href="https://x.org/{"a" * MOST_ADDRESS}">a</a>', "a"),
        ("1 &lt; 2 &#233;", "1 &lt; 2 é"),
    ],
)
def test_what_telegram_knows_is_kept_and_the_rest_is_text(source, written):
    assert write(parse(source)) == written


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50), st.integers(-5, 60))
def test_a_cut_loses_nothing(text, index):
    runs = parse(write(parse(f"<b>{text.replace('<', '').replace('&', '')}</b><i>end</i>")))
    head, tail = cut(runs, index)
    assert text_of(head) + text_of(tail) == text_of(runs)
    assert len(text_of(head)) == min(max(index, 0), len(text_of(runs)))


def test_an_element_that_is_cut_is_on_both_sides():
    head, tail = cut(parse("<b>ab</b>"), 1)
    assert (write(head), write(tail)) == ("<b>a</b>", "<b>b</b>")


def test_elements_cost_what_telegram_counts():
    (bold,) = elements(parse("<b>a</b>"))
    (link,) = elements(parse('<a href="https://x.org">a</a>'))
    assert (bold.cost, link.cost) == (ENTITY_BYTES, ENTITY_BYTES + len("https://x.org"))


def test_the_same_kind_twice_is_two_elements():
    assert len(elements((*parse("<b>a</b> <b>b</b>", 0), *parse("<b>a</b>", 1)))) == 3
