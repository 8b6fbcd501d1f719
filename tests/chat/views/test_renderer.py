"""Messages keep Telegram's limits, parse, and lose nothing, whatever the reply holds."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from html import escape, unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.views.html import cut, parse, text_of, write
from bot.chat.views.renderer import JOINER, deactivate, render, units
from tests.paths import ROOT

TELEGRAM_UNITS, TELEGRAM_ENTITIES, TELEGRAM_ENTITY_BYTES = 4096, 100, 9500
TAG = re.compile(r"<(?P<name>[a-z-]+)(?: expandable| href=\"(?P<address>[^\"<>]*)\")?>")
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#x?[0-9a-fA-F]+);")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
words = st.text(st.sampled_from("ab é😀<>&\"'. \n"), max_size=400)


def tagged(inner: str, kind: str, address: str) -> str:
    opening = {"blockquote": "<blockquote expandable>", "a": f'<a href="{escape(address)}">'}.get(kind, f"<{kind}>")
    return f"{opening}{inner}</{kind}>"


kinds = st.sampled_from(["b", "i", "code", "blockquote", "a"])
addresses = st.sampled_from(["https://example.org/?a=1&b=2", "http://x.org/" + "long" * 60])
leaves = (texts | words).map(lambda text: escape(text, quote=False))
html = st.recursive(
    leaves,
    lambda inner: st.builds(tagged, inner, kinds, addresses) | st.lists(inner, max_size=6).map("".join),
    max_leaves=12,
)
long_html = st.builds(lambda block, times: block * times, html, st.sampled_from([1, 2, 7, 60]))


def strict(source: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    """The text and the non-empty entities of Telegram HTML; fails on anything that is not balanced and escaped."""
    text, length, entities, opened = [], 0, [], []
    for piece in re.split(r"(<[^<]*?>|&[^&;]*;)", source):
        if piece.startswith("</"):
            kind, start, rest = opened.pop()
            assert piece == f"</{kind}>"
            if length > start:
                entities.append((kind, start, length, rest))
        elif piece.startswith("<"):
            found = TAG.fullmatch(piece)
            assert found, piece
            opened.append((found["name"], length, unescape(found["address"] or "")))
        else:
            assert not set(piece) & set("<>") and (REFERENCE.fullmatch(piece) or "&" not in piece), piece
            text.append(unescape(piece) if piece.startswith("&") else piece)
            length += len(text[-1])
    assert opened == []
    return "".join(text), entities


def bare(text: str) -> str:
    """What must survive: everything but white space, control characters and our joiners."""
    return "".join(ch for ch in text if unicodedata.category(ch)[0] not in "ZC" and ch != "\N{REPLACEMENT CHARACTER}")


@given(st.lists(long_html, max_size=4))
@settings(max_examples=60, deadline=None)
@example(["😀" * 5000])
@example(["<b>" + "word " * 3000 + "</b>"])
@example(["<b>x</b>" * 300])
@example([f'<a href="https://x.org/{"y" * 1900}">z</a>' * 9])
@example(["<b>x</b>" * 88 + "y", "<i><b>" + "z" * 5000 + "</b></i>", "<s><i><b>" + "z" * 5000 + "</b></i></s>"])
@example(["&amp;" * 9000])
@example(["<blockquote expandable>" + "One. " * 2000 + "</blockquote>", "short", "short"])
def test_every_part_keeps_the_limits_and_nothing_is_lost(blocks):
    parts = render(blocks)
    for part in parts:
        text, entities = strict(part.html)
        assert text == part.plain
        assert 0 < units(text.strip()) <= units(text) <= TELEGRAM_UNITS
        assert len(entities) <= TELEGRAM_ENTITIES
        assert sum(16 + len(address.encode()) for *_, address in entities) <= TELEGRAM_ENTITY_BYTES
    assert bare("".join(part.plain for part in parts)) == bare("".join(text_of(parse(block)) for block in blocks))


@given(html)
@settings(deadline=None)
def test_writing_what_was_read_changes_no_text_and_no_formatting(source):
    runs = parse(source)
    text, entities = strict(write(runs))
    was_text, was_entities = strict(source)
    assert text == was_text
    covered = {(kind, at) for kind, start, end, _ in entities for at in range(start, end)}
    assert covered == {(kind, at) for kind, start, end, _ in was_entities for at in range(start, end)}


@given(html, st.data())
@settings(deadline=None)
def test_a_cut_keeps_both_sides_whole(source, data):
    runs = parse(source)
    index = data.draw(st.integers(0, len(text_of(runs))))
    head, tail = cut(runs, index)
    assert len(text_of(head)) == index
    assert text_of(head) + text_of(tail) == text_of(runs)
    assert strict(write(head))[0] + strict(write(tail))[0] == text_of(runs)


def test_short_blocks_share_one_message_an_empty_line_apart():
    (part,) = render(["<b>4 January 2022</b>", "<blockquote>Two days later</blockquote>", "[1] TASS"])
    assert part.html == "<b>4 January 2022</b>\n\n<blockquote>Two days later</blockquote>\n\n[1] TASS"
    assert part.plain == "4 January 2022\n\nTwo days later\n\n[1] TASS"


def test_a_block_that_fits_a_message_is_never_cut():
    parts = render(["a" * 3000, "b" * 3000, "c" * 500])
    assert [part.plain for part in parts] == ["a" * 3000, "b" * 3000 + "\n\n" + "c" * 500]


def test_a_long_block_is_cut_at_a_sentence_and_stays_a_quote():
    parts = render(["<blockquote expandable>" + "The police used flashbangs. " * 300 + "</blockquote>"])
    assert len(parts) == 3
    for part in parts:
        assert part.html.startswith("<blockquote expandable>The police")
        assert part.html.rstrip().endswith("</blockquote>")
        assert part.plain.rstrip().endswith("flashbangs.")


def test_a_long_block_fills_the_message_begun_before_it():
    parts = render(["<b>Headline</b>", "<blockquote>" + "A sentence of it. " * 300 + "</blockquote>"])
    assert len(parts) == 2
    assert parts[0].html.startswith("<b>Headline</b>\n\n<blockquote>A sentence of it. ")


def test_a_text_without_sentences_is_cut_at_white_space_and_one_without_that_anywhere():
    assert all(
        part.plain.strip("ab ") == "" and not part.plain.strip().startswith("b") for part in render(["ab " * 3000])
    )
    assert [units(part.plain) for part in render(["x" * 9000])] == [4000, 4000, 1000]


@pytest.mark.parametrize("cluster", ["e\N{COMBINING ACUTE ACCENT}", "👩\N{ZERO WIDTH JOINER}🚀", "👍🏽"])
def test_a_cut_never_parts_a_character_from_what_is_attached_to_it(cluster):
    for part in render(["x" + cluster * 2000]):
        assert part.plain.removeprefix("x").replace(cluster, "") == ""


@pytest.mark.parametrize("blocks", [[], [""], [" \n "], ["<b></b>"], ["\N{ZERO WIDTH SPACE}"], ["<b> </b>", "\t"]])
def test_what_cannot_be_seen_makes_no_message(blocks):
    assert render(blocks) == ()


def test_what_cannot_be_sent_is_replaced():
    (part,) = render(["a\x00b\ud800c\r\nd"])
    assert part.plain == "a b\N{REPLACEMENT CHARACTER}c \nd"


def test_unknown_tags_and_addresses_are_dropped_and_their_words_kept():
    (part,) = render(['<p>one</p> <a href="javascript:x()">two</a> <a>three</a> <strong>four</strong>'])
    assert part.html == "one two three <b>four</b>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("said @lab_bot", f"said @{JOINER}lab_bot"),
        ("send /delete now", f"send /{JOINER}delete now"),
        ("/ask@other_bot", f"/ask@{JOINER}other_bot"),
        ("https://t.me/x", f"https:{JOINER}//t.{JOINER}me/x"),
        ("see example.com.", f"see example.{JOINER}com."),
        ("me@mail.org", f"me@{JOINER}mail.{JOINER}org"),
    ],
)
def test_an_article_cannot_smuggle_in_a_mention_a_command_or_a_link(text, shown):
    assert deactivate(text) == shown
    assert render([text])[0].plain == shown


@pytest.mark.parametrize(
    "text",
    [
        "ANKARA, January 6. /TASS/.",
        "U.S. and E.U.",
        "Jan. 6 at 3.5 a.m.",
        "and/or",
        "/help and /sources",
        "5/6",
        "a @ b",
    ],
)
def test_ordinary_words_and_our_own_commands_stay_as_they_are(text):
    assert deactivate(text) == text


def test_an_address_too_long_for_a_message_is_dropped():
    assert render([f'<a href="https://x.org/{"y" * 9500}">TASS</a>'])[0].html == "TASS"


def test_words_of_a_link_or_of_code_cannot_become_anything_and_stay_as_they_are():
    (part,) = render(['<a href="https://x.org/">tass.com</a> <code>/article @x</code>'])
    assert part.plain == "tass.com /article @x"


@pytest.mark.parametrize(
    "module",
    ["views.renderer", "views.html", "incoming.routing", "persistence.delivery_database", "views.pages", "types"],
)
def test_what_decides_and_words_loads_no_telegram(module):
    code = f"import sys, bot.chat.{module}; sys.exit('telegram' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_link_keeps_its_address():
    (part,) = render(['<a href="https://example.org/?a=1&amp;b=2">TASS</a>'])
    assert part.html == '<a href="https://example.org/?a=1&amp;b=2">TASS</a>'
