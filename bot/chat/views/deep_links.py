"""Links that open an answer or a passage in a chat with the bot: ``t.me/<bot>?start=<payload>``.

A payload has at most 64 letters, digits, ``_`` and ``-`` (https://core.telegram.org/api/links#bot-links). It names an
article by the start of the SHA-256 of its id, for ids may be of any length and script.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

from retrieval.models import Header, Record, Span

_PAYLOAD = re.compile(r"(?P<to>[a-z])_(?P<about>[a-z0-9]{8,32})(?:_(?P<start>\d{1,9})_(?P<end>\d{1,9}))?", re.ASCII)


class LinkTarget(StrEnum):
    """What a link opens."""

    ANSWER = "a"
    PASSAGE = "p"
    REASONS = "f"


class DeepLink(Record):
    """What a link names: an answer by its id, or a stretch of an article by ``article_key``."""

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
        """What Telegram hands to the bot behind ``/start``."""
        place = f"_{self.span.start}_{self.span.end}" if self.span else ""
        return f"{self.to}_{self.about}{place}"

    def url(self, us: str) -> str:
        """The address that opens it in the chat with the bot of a username."""
        return f"https://t.me/{us}?start={self.payload}"


def answer_link(answer_id: str) -> DeepLink:
    """The link to an answer."""
    return DeepLink(to=LinkTarget.ANSWER, about=answer_id)


def passage_link(article_id: str, span: Span) -> DeepLink:
    """The link to a stretch of an article."""
    return DeepLink(to=LinkTarget.PASSAGE, about=article_key(article_id), span=span)


def header_of(headers: Iterable[Header], key: str) -> Header | None:
    """The header of the article with this ``article_key``, or None where there is none."""
    return next((header for header in headers if article_key(header.id) == key), None)


def article_key(article_id: str) -> str:
    """A short name for an article's id, of letters that a link may have."""
    return b32encode(sha256(article_id.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:16]


def message_link(chat_id: int, message_id: int, username: str | None = None) -> str | None:
    """The address of a message in a supergroup, or None where its kind of chat has none
    (https://core.telegram.org/api/links#message-links)."""
    if username:
        return f"https://t.me/{username}/{message_id}"
    number = str(chat_id)
    return f"https://t.me/c/{number[4:]}/{message_id}" if number.startswith("-100") and len(number) > 4 else None
