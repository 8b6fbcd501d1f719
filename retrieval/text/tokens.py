"""Words and index terms of a text: folded, stemmed, offsets kept. The only importer of anyascii and snowballstemmer."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer
from anyascii import anyascii

from retrieval.models import Token
from retrieval.text import tables

ANALYSER_VERSION = "1"
"""Changes whenever the terms of any text change; a saved index of another version is rebuilt."""

_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f"
)
_INVISIBLE = "\u00ad\u200b-\u200d\u2060"
_WORD = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)"
    r"|\d+(?:[.,]\d+)*[^\W_]*"
    r"|(?:[^\W\d_]\.){1,7}[^\W\d_](?!\w)\.?(?:['’][sS](?!\w))?"
    r"|[A-Z]{1,3}&[A-Z]{1,3}(?!\w)"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}{_INVISIBLE}]|['’ʼ](?=[^\W_]))*"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_CLITIC = re.compile(r"['’ʼ](?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)$")
_NEGATION = re.compile(r"(?i)(?:n['’ʼ]t|^cannot)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COUNTRY_ACRONYMS = {"us": "usa", "usa": "usa", "uk": "uk"}


class _TokenForm(NamedTuple):
    """What a surface form becomes: how much of it is the word, its term, folded word and whether it carries content."""

    length: int
    term: str
    word: str
    content: bool


_USA = _TokenForm(2, "usa", "us", True)


def fold(text: str) -> str:
    """``text`` case-folded, without diacritics, in Latin letters, with straight quotes; not of the same length."""
    if text.isascii():
        return text.lower()
    return anyascii(unicodedata.normalize("NFC", _DROPPED.sub("", text).casefold())).lower()


@lru_cache(maxsize=1024)
def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The words and numbers of ``text``, with code-point offsets into it shifted by ``offset``."""
    tokens = []
    for start, form in _forms(text):
        begin = start + offset
        tokens.append(Token(begin, begin + form.length, form.term, form.word, form.content))
    return tuple(tokens)


def index_terms(text: str) -> tuple[str, ...]:
    """The terms of the content words of ``text``, in order, repeated ones repeated."""
    return tuple([form.term for _, form in _forms(text) if form.content])


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word: irregular forms by table, then Snowball English, then one spelling for variants."""
    base = _irregular().get(word, word)
    with _STEMMER_LOCK:
        stemmed: str = _stemmer().stemWord(base)
    if len(stemmed) > 5 and stemmed.endswith("is"):
        return stemmed[:-2] + "iz"
    return _spellings().get(stemmed, stemmed)


def _forms(text: str) -> list[tuple[int, _TokenForm]]:
    """Where each word of ``text`` starts and what it becomes; "the us" is the country whatever its case."""
    shouted = text.isupper()
    forms = []
    previous = ""
    for match in _WORD.finditer(text):
        surface = match[0]
        form = _form(surface.lower() if shouted and surface.isascii() else surface)
        if form.word == "us" and not form.content and (shouted or previous == "the"):
            form = _USA
        forms.append((match.start(), form))
        previous = form.word
    return forms


@lru_cache(maxsize=200_000)
def _form(surface: str) -> _TokenForm:
    if _NEGATION.search(surface):
        return _TokenForm(len(surface), "not", "not", True)
    stripped = _CLITIC.sub("", surface)
    folded = _bare(stripped)
    if (stripped.isupper() or "." in stripped) and len(folded) > 1 and not folded[0].isdigit():
        return _TokenForm(len(stripped), _COUNTRY_ACRONYMS.get(folded) or stem(folded), folded, True)
    content = folded not in tables.words("function_words.txt") or stripped == "May"
    return _TokenForm(len(stripped), stem(folded), folded, content)


def _bare(surface: str) -> str:
    """The folded word without inner dots, apostrophes and thousands separators."""
    folded = fold(surface)
    if folded[:1].isdigit():
        return folded.replace(",", "") if _THOUSANDS.match(folded) else folded
    plain = re.sub(r"[^a-z0-9&]+", "", folded)
    return plain or folded or surface


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


_STEMMER_LOCK = threading.Lock()


@cache
def _irregular() -> dict[str, str]:
    return {form: base for base, *forms in tables.rows("irregular.txt") for form in forms}


@cache
def everyday_terms() -> frozenset[str]:
    """Terms of the words with irregular forms: the commonest of English, which nobody meant otherwise."""
    return frozenset(stem(base) for base in _irregular().values())


@cache
def _spellings() -> dict[str, str]:
    return {row[0]: row[1] for row in tables.rows("spellings.txt")}
