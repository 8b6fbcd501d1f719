"""A folder's manifest: what it says of its articles, and what of it is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval.documents.manifest import ArticleManifest
from retrieval.models import Article, Published

ARTICLE = Article(
    id="a", text="The ferry sank.", outlet="Its file", published=Published(day=date(2021, 5, 6), how="given")
)


def manifest(folder: Path, content: str | bytes) -> ArticleManifest:
    (folder / "manifest.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    return ArticleManifest.of(folder)


def test_a_folder_without_a_manifest_says_nothing(tmp_path: Path) -> None:
    nothing = ArticleManifest.of(tmp_path)
    assert (nothing.applied_to(ARTICLE), nothing.refusals) == (ARTICLE, ())


def test_what_it_says_goes_before_what_the_file_says(tmp_path: Path) -> None:
    said = manifest(tmp_path, '[articles.a]\noutlet = "The Daily"\npublished = 2021-05-07\nnotes = "by hand"')
    article = said.applied_to(ARTICLE)
    assert article.outlet == "The Daily"
    assert article.published == Published(day=date(2021, 5, 7), how="given in the manifest")
    assert said.applied_to(ARTICLE.model_copy(update={"id": "b"})).outlet == "Its file"


def test_how_a_day_is_known_may_be_said_alone(tmp_path: Path) -> None:
    article = manifest(tmp_path, '[articles.a]\npublished_how = "by its editor"').applied_to(ARTICLE)
    assert article.published == Published(day=date(2021, 5, 6), how="by its editor")


def test_an_entry_without_an_article_is_refused(tmp_path: Path) -> None:
    (refusal,) = manifest(tmp_path, "\n[articles.b]\ntitle = 'x'").unknown({"a"})
    assert str(refusal) == f"{tmp_path / 'manifest.toml'}:2: no article of this folder has the id 'b'"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[articles.a]\nsource = 'x'", ":1: a manifest knows title, outlet, published, url, author, language, "),
        ("\n[articles.a]\noutlet = 3", ':2: "outlet" must be text, not a number'),
        ("\n[articles.a]\noutlet = ''", ':2: "outlet" must be text, not empty'),
        ("[articles.a]\npublished = 'soon'", ":1: \"published\" must be a date such as 2022-01-06, not 'soon'"),
        ("[articles]\na = 3", ":2: an entry of the manifest is a table, not a number"),
        ("[article.a]\ntitle = 'x'", ":1: a manifest holds [articles.\"<id>\"] tables, not 'article'"),
        ("[articles.a\n", ":1: the manifest is not TOML: "),
        (b"[articles.a]\ntitle = '\xe9'", ":2: the text is not UTF-8 (byte 0xe9)"),
    ],
)
def test_a_wrong_manifest_is_refused_on_its_line(tmp_path: Path, content: str | bytes, problem: str) -> None:
    (refusal,) = manifest(tmp_path, content).refusals
    assert str(refusal).startswith(f"{tmp_path / 'manifest.toml'}{problem}")
