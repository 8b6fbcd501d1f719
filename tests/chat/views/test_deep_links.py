"""A link names an answer or a passage in the letters that Telegram lets a link have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.views.deep_links import (
    DeepLink,
    LinkTarget,
    answer_link,
    article_key,
    header_of,
    message_link,
    passage_link,
)
from retrieval.models import Header, Span

SPANS = st.tuples(st.integers(0, 10**8), st.integers(1, 10**8)).map(lambda pair: Span(start=pair[0], end=sum(pair)))


@given(article_id=st.text(min_size=1), span=SPANS)
def test_any_passage_can_be_linked(article_id, span):
    link = passage_link(article_id, span)
    assert DeepLink.read(link.payload) == link
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link.payload)
    assert header_of((Header(id="another"), Header(id=article_id)), link.about) == Header(id=article_id)


def test_an_answer_can_be_linked():
    link = answer_link("abcdefgh23456789")
    assert DeepLink.read(link.payload) == link
    assert link.url("lab_bot") == "https://t.me/lab_bot?start=a_abcdefgh23456789"


@pytest.mark.parametrize(
    "payload",
    ["", "help", "q_12", "a_", "a_ABCDEFGH23456789", "a_abcdefgh_1_2", "p_abcdefgh", "p_abcdefgh_2_1", "p_abcdefgh_1",
     "p_abcdefgh_1_2_3", "x_abcdefgh", "a_abcdefgh ", "p_abcdefgh_١_٢", "a_" + "a" * 62],
)  # fmt: skip
def test_what_is_no_link_of_ours_is_none(payload):
    assert DeepLink.read(payload) is None


@given(payload=st.text(max_size=64))
def test_whatever_is_read_can_be_written(payload):
    link = DeepLink.read(payload)
    assert link is None or DeepLink.read(link.payload) == link


def test_an_article_that_is_not_there_is_not_named():
    assert header_of((Header(id="one"),), article_key("two")) is None
    assert {target.value for target in LinkTarget} == {"a", "p", "f"}


@pytest.mark.parametrize(
    ("chat", "username", "link"),
    [
        (-1001234567890, None, "https://t.me/c/1234567890/5"),
        (-1001234567890, "readers", "https://t.me/readers/5"),
        (-77, None, None),
        (1001, None, None),
    ],
)
def test_a_message_of_a_supergroup_has_an_message_link(chat, username, link):
    assert message_link(chat, 5, username) == link
