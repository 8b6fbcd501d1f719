"""Files and folders -> articles; what cannot become one is refused with its place. The only importer of trafilatura.

A text is kept as it came: no line end is changed and nothing is trimmed but a byte order mark, so that offsets count
code points of the file itself (of the main text, for a web page).
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from retrieval.documents.article_fields import kind_of
from retrieval.documents.import_format import Refusal, article_of, decoded, refuse_utf16
from retrieval.documents.layout import stated_header
from retrieval.documents.manifest import NAME as MANIFEST
from retrieval.documents.manifest import ArticleManifest
from retrieval.errors import SourceError
from retrieval.models import Article, Published

__all__ = ["SUFFIXES", "Refusal", "read_articles"]

_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[\s,:]*")
_WHOLE_PAGE = "<html><body>{}</body></html>"


class _Found(NamedTuple):
    """An article and the place it was read from."""

    article: Article
    place: str


_Item = _Found | Refusal


def read_articles(*paths: Path) -> Iterator[Article | Refusal]:
    """The articles of files and of folders (recursively, in the order of their names), and what had to be refused.

    An id that was read before, from any of the paths, is refused; a file that is named twice is read once. In a
    folder, hidden files, README files and files of other types are passed over.
    """
    places: dict[str, str] = {}
    files: set[Path] = set()
    for path in paths:
        for item in _path_items(path, files):
            yield _once(item, places) if isinstance(item, _Found) else item


def _once(found: _Found, places: dict[str, str]) -> Article | Refusal:
    first = places.setdefault(found.article.id, found.place)
    if first is found.place:
        return found.article
    return Refusal(place=found.place, problem=f"the id {found.article.id!r} was already read from {first}")


def _path_items(path: Path, files: set[Path]) -> Iterator[_Item]:
    if path.is_dir():
        yield from _folder_items(path, files)
        if not any(_is_article_file(below) for below in path.rglob("*")):
            yield Refusal(place=_shown(path), problem=f"the folder holds no {_list(SUFFIXES)} file")
    elif not path.exists():
        yield Refusal(place=_shown(path), problem="there is no such file or folder")
    elif path.suffix.lower() not in _READERS or not path.is_file():
        yield Refusal(place=_shown(path), problem=f"this type of file cannot be read; it may be {_list(SUFFIXES)}")
    else:
        manifest = ArticleManifest.of(path.parent)
        yield from (_with_manifest(item, manifest) for item in _file_items(path, files))


def _folder_items(folder: Path, files: set[Path]) -> Iterator[_Item]:
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield Refusal(place=_shown(folder), problem=f"the folder cannot be read: {error.strerror}")
        return
    manifest = ArticleManifest.of(folder)
    yield from manifest.refusals
    ids: set[str] = set()
    for path in filter(_is_article_file, entries):
        for item in _file_items(path, files):
            found = _with_manifest(item, manifest)
            ids.update({found.article.id} if isinstance(found, _Found) else ())
            yield found
    yield from manifest.unknown(ids)
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            yield from _folder_items(path, files)


def _is_article_file(path: Path) -> bool:
    if path.name == MANIFEST or path.name.casefold().startswith("readme"):
        return False
    return path.suffix.lower() in _READERS and path.is_file()


def _with_manifest(item: _Item, manifest: ArticleManifest) -> _Item:
    if isinstance(item, Refusal):
        return item
    return item._replace(article=_completed(manifest.applied_to(item.article)))


def _completed(article: Article) -> Article:
    """``article`` with what its own text says of it, for what is not known otherwise."""
    said = stated_header(article.text)
    stated = Published(day=said.published, how="stated at the head of its text") if said.published else None
    complement = {
        "title": article.title or said.title,
        "outlet": article.outlet or said.outlet,
        "published": article.published or stated,
    }
    return article.model_copy(update=complement)


def _file_items(path: Path, files: set[Path]) -> Iterator[_Item]:
    """The items of one file; nothing where it was read before."""
    if path.resolve() in files:
        return
    files.add(path.resolve())
    try:
        yield from _READERS[path.suffix.lower()](path)
    except SourceError as error:
        yield Refusal.of(error)
    except OSError as error:
        yield Refusal(place=_shown(path), problem=f"the file cannot be read: {error.strerror or error}")


def _plain_file(path: Path) -> Iterator[_Item]:
    place = f"{_shown(path)}:1"
    yield _Found(article_of({"text": _text_of(path)}, name=path.stem, place=place), place)


def _page_file(path: Path) -> Iterator[_Item]:
    place = f"{_shown(path)}:1"
    html = _text_of(path)
    try:
        page = _main_text(html)
    except Exception as error:  # the parsers below trafilatura raise whatever they stumble over
        raise SourceError(place, f"the page cannot be read: {type(error).__name__} {error}".strip()) from error
    if page is None:
        raise SourceError(place, "no main text was found in this page")
    yield _Found(article_of(page, name=path.stem, place=place), place)


def _json_file(path: Path) -> Iterator[_Item]:
    text = _text_of(path)
    whole = _parsed(text, path, first_line=1)
    records = whole.get("articles", whole) if isinstance(whole, dict) and "text" not in whole else whole
    if isinstance(records, dict):
        yield _record(records, path.stem, f"{_shown(path)}:1")
    elif isinstance(records, list):
        lines = _element_lines(text)
        for position, record in enumerate(records, start=1):
            yield _record(record, f"{path.stem}-{position}", f"{_shown(path)}:{next(lines)}")
    else:
        problem = f"the file holds {kind_of(records)}, not an article or a list of articles"
        raise SourceError(f"{_shown(path)}:1", problem)


def _element_lines(text: str) -> Iterator[int]:
    """The line on which each article of ``text``, a JSON list or object with the list "articles", begins."""
    at, line, counted = _list_start(text) + 1, 1, 0
    while True:
        at = _after_blanks(text, at)
        line += text.count("\n", counted, at)
        counted = at
        yield line
        at = _DECODER.raw_decode(text, at)[1]


def _list_start(text: str) -> int:
    """Where the list of articles begins in ``text``, which is known to be JSON with such a list."""
    at = _after_blanks(text, 0)
    if text[at] == "{":
        at = _after_blanks(text, at + 1)
    while text[at] != "[":
        key, at = _DECODER.raw_decode(text, at)
        at = _after_blanks(text, at)
        if key != "articles":
            at = _after_blanks(text, _DECODER.raw_decode(text, at)[1])
    return at


def _after_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _lines_file(path: Path) -> Iterator[_Item]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number == 1:
                refuse_utf16(line, f"{_shown(path)}:1")
            if line.strip():
                yield _line_item(line, number, path)


def _line_item(line: bytes, number: int, path: Path) -> _Item:
    try:
        fields = _parsed(decoded(line, _shown(path), number), path, number)
    except SourceError as error:
        return Refusal.of(error)
    return _record(fields, f"{path.stem}-{number}", f"{_shown(path)}:{number}")


def _record(fields: object, name: str, place: str) -> _Item:
    try:
        return _Found(article_of(fields, name=name, place=place), place)
    except SourceError as error:
        return Refusal.of(error)


def _parsed(text: str, path: Path, first_line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{_shown(path)}:{first_line + error.lineno - 1}"
        raise SourceError(place, f"not JSON: {error.msg} (column {error.colno})") from None
    except (RecursionError, ValueError) as error:
        raise SourceError(f"{_shown(path)}:{first_line}", f"not JSON that can be read: {error}") from None


def _text_of(path: Path) -> str:
    return decoded(path.read_bytes(), _shown(path))


@cache
def _trafilatura() -> ModuleType:
    """trafilatura, loaded when the first web page is read; its remarks on pages go to logs that are asked for."""
    import trafilatura  # noqa: PLC0415  half a second that only web pages need

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura


def _main_text(html: str) -> dict[str, str | None] | None:
    """The main text of a web page with what its metadata say, as a record; None where it has none."""
    load = _trafilatura().load_html
    tree = next((tree for page in (html, _WHOLE_PAGE.format(html)) if (tree := load(page)) is not None), None)
    if tree is None:
        return None
    language, day = tree.get("lang"), _stated_day(deepcopy(tree))
    page = _trafilatura().bare_extraction(tree, with_metadata=True, include_comments=False)
    if page is None or not page.text:
        return None
    facts = {"title": page.title, "source": page.sitename, "url": page.url, "author": page.author}
    return {**facts, "text": page.text, "published": day, "language": language}


def _stated_day(tree: Any) -> str | None:
    """The day of publication that a page's metadata, its address or its one ``<time>`` states; changes ``tree``.

    Its words are taken out first: a date in them need not be the day on which they appeared.
    """
    for title in tree.findall(".//title"):
        title.text = None
    for body in tree.findall("body"):
        stated = body.xpath(".//script[@type='application/ld+json']")
        times = body.xpath(".//time[@datetime]")
        stated += times[:1] if len({time.get("datetime")[:10] for time in times}) == 1 else []
        body.clear()
        for element in stated:
            element.tail = None
            body.append(element)
    day: str | None = _trafilatura().extract_metadata(tree, extensive=False).date
    return day


def _shown(path: Path) -> str:
    """A path as it can be printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _list(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"


_READERS: dict[str, Callable[[Path], Iterator[_Item]]] = {
    ".txt": _plain_file,
    ".md": _plain_file,
    ".html": _page_file,
    ".htm": _page_file,
    ".json": _json_file,
    ".jsonl": _lines_file,
}
SUFFIXES = tuple(_READERS)
