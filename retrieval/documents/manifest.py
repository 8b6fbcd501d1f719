"""A folder's manifest.toml: what is known of its articles beyond what their files say, and how it is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from retrieval.documents.article_fields import ARTICLE_FIELDS, ArticleField, kind_of
from retrieval.documents.import_format import Refusal, decoded
from retrieval.errors import SourceError
from retrieval.models import Article, Published

NAME = "manifest.toml"
_FIELDS = {field.name: field for field in ARTICLE_FIELDS if field.in_manifest}
_REMARKS = (*(f"{name}_how" for name in _FIELDS), "notes")


class ArticleManifest(NamedTuple):
    """What a manifest says of each article (by id), and what of it had to be refused."""

    path: Path
    entries: Mapping[str, Mapping[str, object]]
    refusals: tuple[Refusal, ...] = ()
    words: str = ""

    @classmethod
    def of(cls, folder: Path) -> ArticleManifest:
        """The manifest of ``folder``, an empty one where it has none or one that cannot be read at all."""
        path = folder / NAME
        if not path.is_file():
            return cls(path, {})
        try:
            words = decoded(path.read_bytes(), str(path))
            return _checked_entries(path, words, _tables(path, words))
        except SourceError as error:
            return cls(path, {}, (Refusal.of(error),))
        except OSError as error:
            return cls(path, {}, (Refusal(place=str(path), problem=f"the file cannot be read: {error.strerror}"),))

    def applied_to(self, article: Article) -> Article:
        """``article`` with what the manifest says of it, which goes before what its own file says."""
        entry = self.entries.get(article.id, {})
        facts = {fact: entry[fact] for fact in _FIELDS if fact in entry}
        published = _published(entry, article.published)
        return article.model_copy(update={**facts, "published": published}) if entry else article

    def unknown(self, ids: Collection[str]) -> Iterator[Refusal]:
        """A refusal for each entry whose article is not among ``ids``."""
        for identity in self.entries:
            if identity not in ids:
                place = _place(self.path, self.words, identity)
                yield Refusal(place=place, problem=f"no article of this folder has the id {identity!r}")


def _tables(path: Path, words: str) -> Mapping[str, object]:
    try:
        parsed = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"{path}:{line[1] if line else 1}"
        raise SourceError(place, f"the manifest is not TOML: {error}") from None
    tables = parsed.pop("articles", {})
    if parsed or not isinstance(tables, dict):
        stray = next(iter(parsed), "articles")
        raise SourceError(_place(path, words, stray), f'a manifest holds [articles."<id>"] tables, not {stray!r}')
    return tables


def _checked_entries(path: Path, words: str, tables: Mapping[str, object]) -> ArticleManifest:
    entries: dict[str, Mapping[str, object]] = {}
    refusals = []
    for identity, table in tables.items():
        try:
            entries[identity] = _entry(table, _place(path, words, identity))
        except SourceError as error:
            refusals.append(Refusal.of(error))
            entries[identity] = {}
    return ArticleManifest(path, entries, tuple(refusals), words)


def _entry(table: object, place: str) -> Mapping[str, object]:
    if not isinstance(table, dict):
        raise SourceError(place, f"an entry of the manifest is a table, not {kind_of(table)}")
    return {field: _fact(field, value, place) for field, value in table.items()}


def _fact(name: str, value: object, place: str) -> object:
    if name in _FIELDS:
        return _FIELDS[name].read_manifest(value, place)
    if name not in _REMARKS:
        known = ", ".join(_FIELDS)
        raise SourceError(place, f"a manifest knows {known}, each with _how behind it, and notes, not {name!r}")
    return ArticleField(name, name).read_manifest(value, place)


def _published(entry: Mapping[str, object], known: Published | None) -> Published | None:
    day = entry.get("published", known.day if known else None)
    how = entry.get("published_how", "given in the manifest" if "published" in entry else known and known.how)
    return Published.model_validate({"day": day, "how": how}) if day else None


def _place(path: Path, words: str, key: str) -> str:
    """The manifest's path and the line where ``key`` is first a table or key."""
    match = re.search(rf"^[^#\n]*?(?:^|[\[.\s\"']){re.escape(key)}[\"']?\s*[\].=]", words, re.MULTILINE)
    return f"{path}:{words.count(chr(10), 0, match.end()) + 1 if match else 1}"
