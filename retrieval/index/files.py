"""An inverted index on disk: arrays that are mapped, not read, a list of terms, and a manifest of how it was made."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from tokenize import TokenError
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import NonNegativeInt, ValidationError

from retrieval.errors import IndexUnusable
from retrieval.index.postings import InvertedIndex, PostingsSegment
from retrieval.models import Record

FORMAT = 1  # raised where files of before cannot be read any more
MANIFEST = "manifest.json"
VOCABULARY = "vocabulary.json"
TYPES = {
    "keys": np.int64,
    "groups": np.int64,
    "lengths": np.int64,
    "starts": np.int64,
    "slots": np.int32,
    "counts": np.int32,
}
ABANDONED = 3600  # seconds after which a killed process is taken not to come back for its half-written folder

Array = npt.NDArray[Any]


class IndexRecipe(Record):
    """All that decides what an index holds; one made by another recipe is of no use."""

    format: int = FORMAT
    analyser: str
    variant: str
    k1: float
    b: float
    delta: float
    epsilon: float
    revision: str


class IndexManifest(Record):
    """The recipe of a saved index and its counts."""

    recipe: IndexRecipe
    documents: NonNegativeInt
    terms: NonNegativeInt
    postings: NonNegativeInt


def write_index(folder: Path, held: InvertedIndex, recipe: IndexRecipe) -> None:
    """Write compacted holdings into ``folder``, replacing what is there; a kill leaves the old index or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with TemporaryDirectory(prefix=_prefix(folder), dir=folder.parent) as workshop:
        made = Path(workshop, "made")
        made.mkdir()
        _write_parts(made, held, recipe)
        if folder.exists():
            folder.rename(Path(workshop, "replaced"))
        made.rename(folder)


def _prefix(folder: Path) -> str:
    return f".{folder.name}-"


def _sweep(folder: Path) -> None:
    """Remove what killed processes left beside ``folder``."""
    for left in folder.parent.glob(_prefix(folder) + "*"):
        if time.time() - left.stat().st_mtime > ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _write_parts(folder: Path, held: InvertedIndex, recipe: IndexRecipe) -> None:
    (segment,) = held.segments
    terms = held.terms()
    parts: tuple[Array, ...] = (held.keys, held.groups, held.lengths, segment.starts, segment.slots, segment.counts)
    for name, array in zip(TYPES, parts, strict=True):
        _write_array(folder / f"{name}.npy", array)
    _write_text(folder / VOCABULARY, json.dumps(terms))
    manifest = IndexManifest(recipe=recipe, documents=len(held), terms=len(terms), postings=len(segment))
    _write_text(folder / MANIFEST, manifest.model_dump_json(indent=2))


def _write_array(path: Path, array: Array) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        os.fsync(file.fileno())


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_index(folder: Path, recipe: IndexRecipe) -> InvertedIndex:
    """The holdings saved in ``folder``, memory-mapped.

    Raises IndexUnusable where they are not whole or were made by another recipe."""
    manifest = _manifest(folder)
    _check_recipe(folder, manifest.recipe, recipe)
    try:
        arrays = {name: _mapped(folder / f"{name}.npy") for name in TYPES}
        terms = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
    except (OSError, ValueError, EOFError, SyntaxError, TokenError) as problem:  # the last two: from a broken header
        raise IndexUnusable(f"{folder}: a file of the index is missing or cut short; rebuild it") from problem
    if not _fits(manifest, terms, arrays):
        raise IndexUnusable(f"{folder}: the files of the index do not have the counts of its manifest; rebuild it")
    segment = PostingsSegment(arrays["starts"], arrays["slots"], arrays["counts"])
    return InvertedIndex.of(terms, arrays["keys"], arrays["groups"], arrays["lengths"], segment)


def _mapped(path: Path) -> Array:
    # as a plain array, because every slice of a memmap object costs a microsecond more
    return np.asarray(np.lib.format.open_memmap(path, mode="r"))


def _manifest(folder: Path) -> IndexManifest:
    try:
        return IndexManifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError as problem:
        raise IndexUnusable(f"{folder}: there is no index here; rebuild it") from problem
    except ValidationError as problem:
        raise IndexUnusable(f"{folder / MANIFEST}: this is not the manifest of an index; rebuild it") from problem


def _check_recipe(folder: Path, made: IndexRecipe, wanted: IndexRecipe) -> None:
    for name in IndexRecipe.model_fields:
        theirs, ours = getattr(made, name), getattr(wanted, name)
        if theirs != ours:
            raise IndexUnusable(f"{folder}: the index was made with {name} {theirs!r}, not {ours!r}; rebuild it")


def _fits(manifest: IndexManifest, terms: object, arrays: Mapping[str, Array]) -> bool:
    sizes = {
        "keys": manifest.documents,
        "groups": manifest.documents,
        "lengths": manifest.documents,
        "starts": manifest.terms + 1,
        "slots": manifest.postings,
        "counts": manifest.postings,
    }
    if any(arrays[name].shape != (size,) or arrays[name].dtype != TYPES[name] for name, size in sizes.items()):
        return False
    starts = arrays["starts"]
    ordered = starts[0] == 0 and starts[-1] == manifest.postings and bool(np.all(np.diff(starts) > 0))
    return ordered and _are_words(terms, manifest.terms)


def _are_words(terms: object, count: int) -> bool:
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        return False
    return len(terms) == len(set(terms)) == count
