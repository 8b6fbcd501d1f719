"""Links that open an answer or a passage in a chat with the bot: t.me/<bot>?start=<payload>, pure.

A payload has at most 64 letters, digits, ``_`` and ``-`` (https://core.telegram.org/api/links#bot-links). It names an
article by the start of the SHA-256 of its id, for ids may be of any length and script.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from typing import Final

from retrieval.models import Header, Record, Span

MOST_LETTERS: Final = 64
_PAYLOAD = re.compile(r"(?P<to>[a-z])_(?P<about>[a-z0-9]{8,32})(?:_(?P<start>\d{1,9})_(?P<end>\d{1,9}))?", re.ASCII)


class LinkTarget(StrEnum):
    """What a link opens."""

    ANSWER = "a"
    PASSAGE = "p"
    REASONS = "f"


class DeepLink(Record):
    """What a link names: an answer by its id, or a stretch of an article by the article's mark."""

    to: LinkTarget
    about: str
    span: Span | None = None

    @classmethod
    def read(cls, payload: str) -> DeepLink | None:
        """The link with this payload, or None where it is none of ours."""
        found = _PAYLOAD.fullmatch(payload)
        if found is None or found["to"] not in set(LinkTarget):
            return None
        to, start, end = LinkTarget(found["to"]), found["start"], found["end"]
        if (to is LinkTarget.PASSAGE) != (start is not None) or (start is not None and int(start) >= int(end)):
            return None
        return cls(to=to, about=found["about"], span=Span(start=int(start), end=int(end)) if start else None)

    @property
    def payload(self) -> str:
        place = f"_{self.span.start}_{self.span.end}" if self.span else ""
        return f"{self.to}_{self.about}{place}"

    def url(self, us: str) -> str:
        """The address that opens it in the chat with the bot of a username."""
        return f"https://t.me/{us}?start={self.payload}"


def to_answer(answer_id: str) -> DeepLink:
    return DeepLink(to=LinkTarget.ANSWER, about=answer_id)


def to_passage(article_id: str, span: Span) -> DeepLink:
    return DeepLink(to=LinkTarget.PASSAGE, about=mark(article_id), span=span)


def named(headers: Iterable[Header], about: str) -> Header | None:
    """The header of the article that a link's mark names, or None where there is none."""
    return next((header for header in headers if mark(header.id) == about), None)


def mark(article_id: str) -> str:
    """A short name for an article's id, of letters that a link may have."""
    return b32encode(sha256(article_id.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:16]
