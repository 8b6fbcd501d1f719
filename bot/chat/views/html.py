"""Reads Telegram's HTML into runs of text and writes them again, so that a message can be split anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

SIMPLE = frozenset({"b", "i", "u", "s", "code", "pre", "tg-spoiler"})
SAME_AS = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
LINKS = frozenset({"http", "https", "tg", "mailto"})
# bytes that Telegram counts for a formatted stretch: its kind, offset and length; a link costs its address as well
ENTITY_BYTES = 16
# bytes of a link's address, about what browsers accept; a longer one is dropped, its words are kept
MOST_ADDRESS = 2000


class Element(NamedTuple):
    """One pair of tags of the source; block and number distinguish two of the same kind."""

    block: int
    number: int
    name: str
    opening: str
    cost: int


class TextRun(NamedTuple):
    """Text without markup, and the elements around it, outermost first."""

    text: str
    inside: tuple[Element, ...] = ()


Runs = tuple[TextRun, ...]


def parse(html: str, block: int = 0) -> Runs:
    """The runs of a piece of Telegram HTML; tags that Telegram does not know are dropped, their text is kept."""
    reader = _Reader(block)
    reader.feed(html)
    reader.close()
    return tuple(reader.runs)


def write(runs: Iterable[TextRun]) -> str:
    """Escaped, balanced Telegram HTML of the runs."""
    out: list[str] = []
    inside: tuple[Element, ...] = ()
    for run in runs:
        out += _tags_between(inside, run.inside)
        out.append(escape(run.text, quote=False))
        inside = run.inside
    return "".join([*out, *_tags_between(inside, ())])


def text_of(runs: Iterable[TextRun]) -> str:
    """The text without any markup."""
    return "".join(run.text for run in runs)


def elements(runs: Iterable[TextRun]) -> frozenset[Element]:
    """The pairs of tags in which the runs are."""
    return frozenset(element for run in runs for element in run.inside)


def cut(runs: Sequence[TextRun], index: int) -> tuple[Runs, Runs]:
    """The runs before and after a code point of their text; an element that spans it is on both sides."""
    head: list[TextRun] = []
    tail: list[TextRun] = []
    for run in runs:
        if index > 0:
            head.append(run._replace(text=run.text[:index]))
        if index < len(run.text):
            tail.append(run._replace(text=run.text[max(index, 0) :]))
        index -= len(run.text)
    return tuple(head), tuple(tail)


def _tags_between(before: tuple[Element, ...], after: tuple[Element, ...]) -> list[str]:
    """The tags between two runs: those that end, innermost first, then those that begin."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    closing = [f"</{element.name}>" for element in reversed(before[shared:])]
    return closing + [element.opening for element in after[shared:]]


class _Reader(HTMLParser):
    def __init__(self, block: int) -> None:
        super().__init__(convert_charrefs=True)
        self._block = block
        self.runs: list[TextRun] = []
        self._open: list[tuple[str, Element | None]] = []
        self._seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen += 1
        tags = _tags(tag, {name: value or "" for name, value in attrs})
        self._open.append((tag, Element(self._block, self._seen, *tags) if tags else None))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place]
                return

    def handle_data(self, data: str) -> None:
        self.runs.append(TextRun(data, tuple(element for _, element in self._open if element is not None)))


def _tags(tag: str, attributes: dict[str, str]) -> tuple[str, str, int] | None:
    """Name, opening tag and cost in bytes of an element that Telegram knows, else None."""
    name = SAME_AS.get(tag, tag)
    if name in SIMPLE:
        return name, f"<{name}>", ENTITY_BYTES
    if name == "blockquote":
        return name, "<blockquote expandable>" if "expandable" in attributes else "<blockquote>", ENTITY_BYTES
    address = attributes.get("href", "")
    length = len(address.encode("utf-8", "replace"))
    if name == "a" and length <= MOST_ADDRESS and _has_known_scheme(address):
        return name, f'<a href="{escape(address)}">', ENTITY_BYTES + length
    return None


def _has_known_scheme(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in LINKS
    except ValueError:
        return False
