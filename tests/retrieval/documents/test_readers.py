"""Files and folders become articles, unaltered; what is wrong with the rest is said with its place."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.documents.readers import Refusal, read_articles
from retrieval.models import Article, Knowledge
from tests.paths import SEEDS

TEXT = "Crowds took to the streets of Almaty. The police used flashbangs."


def articles(*paths: Path) -> list[Article]:
    return [item for item in read_articles(*paths) if isinstance(item, Article)]


def refusals(*paths: Path) -> list[str]:
    return [str(item) for item in read_articles(*paths) if isinstance(item, Refusal)]


def written(folder: Path, name: str, content: str | bytes | list[Any] | dict[str, Any]) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return path


def lines(folder: Path, *records: dict[str, Any] | str) -> Path:
    rows = (record if isinstance(record, str) else json.dumps(record) for record in records)
    return written(folder, "news.jsonl", "\n".join(rows))


# ---------------------------------------------------------- what an article is


def test_a_record_gives_an_article_all_its_fields(tmp_path: Path) -> None:
    record = {
        "id": "n1",
        "title": "Unrest in Almaty",
        "text": TEXT,
        "source": "TASS",
        "published": "2022-01-06T14:05:00+03:00",
        "url": "https://example.org/n1",
        "author": "A. Writer",
        "language": "en",
    }
    (article,) = articles(lines(tmp_path, record))
    assert article.published is not None
    assert (article.published.day, article.published.known) == (date(2022, 1, 6), Knowledge.STATED)
    header = article.model_dump(exclude={"published"})
    assert header == {**{key: record[key] for key in header if key != "outlet"}, "outlet": "TASS"}


@pytest.mark.parametrize("name", ["news.txt", "news.md", "NEWS.TXT"])
def test_a_file_of_text_is_one_article_named_after_it(tmp_path: Path, name: str) -> None:
    (article,) = articles(written(tmp_path, name, TEXT))
    assert (article.id, article.text) == (name[: -len(".txt") if name.lower().endswith(".txt") else -len(".md")], TEXT)


def test_records_without_an_id_are_named_after_the_file_and_their_line_or_position(tmp_path: Path) -> None:
    by_line = lines(tmp_path, {"text": "one"}, "", {"text": "two"}, {"id": "x", "text": "three"})
    assert [article.id for article in articles(by_line)] == ["news-1", "news-3", "x"]
    listed = written(tmp_path, "list.json", [{"text": "one"}, {"text": "two"}])
    assert [article.id for article in articles(listed)] == ["list-1", "list-2"]
    wrapped = written(tmp_path, "wrapped.json", {"note": ["x"], "articles": [{"text": "one"}]})
    assert [article.id for article in articles(wrapped)] == ["wrapped-1"]
    single = written(tmp_path, "single.json", {"text": "one"})
    assert [article.id for article in articles(single)] == ["single"]


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")).filter(str.strip))
def test_texts_come_through_unaltered(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("texts")
    files = (written(folder, "a.txt", text), lines(folder, {"text": text}), written(folder, "c.json", {"text": text}))
    assert [article.text for article in articles(*files)] == [text, text, text]


def test_line_ends_and_white_space_are_kept_and_only_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf \r\nOne.\r\nTwo.\rThree.\x0c\n "
    (article,) = articles(written(tmp_path, "a.txt", raw))
    assert article.text == " \r\nOne.\r\nTwo.\rThree.\x0c\n "
    marked = written(tmp_path, "b.jsonl", b"\xef\xbb\xbf" + json.dumps({"id": "b", "text": TEXT}).encode() + b"\r\n")
    assert [article.id for article in articles(marked)] == ["b"]


def test_line_separators_of_unicode_do_not_end_a_line_of_jsonl(tmp_path: Path) -> None:
    path = written(tmp_path, "news.jsonl", '{"text": "one\u2028two\x85three"}\n{"text": "four"}\n')
    assert [article.text for article in articles(path)] == ["one\u2028two\x85three", "four"]


def test_blank_and_null_fields_count_as_missing_and_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    record = {"id": "", "title": " ", "text": TEXT, "source": None, "published": "", "words": 12, "tags": ["x"]}
    (article,) = articles(lines(tmp_path, record))
    assert article == Article(id="news-1", text=TEXT)


def test_a_title_on_two_lines_becomes_one_line(tmp_path: Path) -> None:
    (article,) = articles(lines(tmp_path, {"title": " Unrest\n  in Almaty ", "text": TEXT}))
    assert article.title == "Unrest in Almaty"


@pytest.mark.parametrize(
    "published",
    ["2022-01-06", "20220106", "2022-01-06T23:59:59Z", "2022-01-06 23:30:00-08:00", "2022-01-06T01:02:03.5"],
)
def test_the_day_of_publication_is_the_one_written(tmp_path: Path, published: str) -> None:
    (article,) = articles(lines(tmp_path, {"text": TEXT, "published": published}))
    assert article.published is not None
    assert article.published.day == date(2022, 1, 6)


# ---------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"id": "x"}, 'there is no "text"'),
        ({"text": " \n\t"}, "the text is empty"),
        ({"text": 12}, '"text" must be text, not a number'),
        ({"text": TEXT, "title": ["a"]}, '"title" must be text, not a list'),
        ({"text": TEXT, "id": True}, '"id" must be text, not true or false'),
        ({"text": TEXT, "source": {}}, '"source" must be text, not an object'),
        ({"text": TEXT, "published": 1641427200}, '"published" must be text, not a number'),
        ({"text": TEXT, "published": "6 Jan"}, "\"published\" must be a date such as 2022-01-06, not '6 Jan'"),
        (
            {"text": TEXT, "published": "2022-02-30"},
            "\"published\" must be a date such as 2022-01-06, not '2022-02-30'",
        ),
        ({"text": TEXT, "published": "0001-01-01"}, '"published" must lie between 1600 and 2200, not in 1'),
        ({"text": "a\x00b"}, '"text" holds a NUL character, which is not text'),
        ('{"text": "a\\ud800b"}', '"text" holds half a character (the lone surrogate U+D800)'),
        ({"text": TEXT, "id": "a\nb"}, "the id 'a\\nb' starts or ends with white space or holds a control character"),
        ([TEXT], 'an article is an object with a "text", not a list'),
        ("{'text': 1}", "not JSON: Expecting property name enclosed in double quotes (column 2)"),
        ("[" * 100_000, "not JSON that can be read: maximum recursion depth exceeded"),
    ],
)
def test_a_wrong_record_is_refused_with_its_line_and_the_rest_goes_in(
    tmp_path: Path, record: Any, problem: str
) -> None:
    path = lines(tmp_path, {"id": "good", "text": TEXT}, record, {"id": "also good", "text": TEXT})
    assert [article.id for article in articles(path)] == ["good", "also good"]
    (refusal,) = refusals(path)
    assert refusal.startswith(f"{path}:2: {problem}")


def test_bytes_that_are_not_utf8_are_refused_where_they_stand(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"One.\nTwo.\nCaf\xe9.\n")
    assert refusals(path) == [f"{path}:3: the text is not UTF-8 (byte 0xe9); save it as UTF-8"]
    path = written(tmp_path, "b.jsonl", b'{"text": "one"}\n{"text": "caf\xe9"}\n{"text": "three"}\n')
    assert refusals(path) == [f"{path}:2: the text is not UTF-8 (byte 0xe9); save it as UTF-8"]
    assert [article.text for article in articles(path)] == ["one", "three"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.html"])
def test_utf16_is_named_once(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, '{"text":\n "one"}\n'.encode("utf-16"))
    assert refusals(path) == [f"{path}:1: the text is UTF-16; save it as UTF-8"]


def test_a_json_list_says_on_which_line_the_wrong_article_begins(tmp_path: Path) -> None:
    content = '{"tags": ["a", "b"],\n "articles": [\n  {"text": "[one]"},\n\n  {"text":\n ""}, 7\n]}'
    path = written(tmp_path, "list.json", content)
    assert [article.id for article in articles(path)] == ["list-1"]
    assert refusals(path) == [
        f"{path}:5: the text is empty",
        f'{path}:6: an article is an object with a "text", not a number',
    ]


def test_broken_json_is_refused_on_the_line_of_the_break(tmp_path: Path) -> None:
    path = written(tmp_path, "list.json", '[{"text": "one"},\n {"text": }]')
    assert refusals(path) == [f"{path}:2: not JSON: Expecting value (column 11)"]
    path = written(tmp_path, "number.json", "12")
    assert refusals(path) == [f"{path}:1: the file holds a number, not an article or a list of articles"]


def test_an_id_that_was_read_before_is_refused_with_both_places(tmp_path: Path) -> None:
    first = lines(tmp_path, {"id": "x", "text": "one"}, {"id": "x", "text": "two"})
    second = written(tmp_path, "x.txt", "three")
    assert [article.text for article in articles(first, second)] == ["one"]
    assert refusals(first, second) == [
        f"{first}:2: the id 'x' was already read from {first}:1",
        f"{second}:1: the id 'x' was already read from {first}:1",
    ]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    assert [type(item) for item in read_articles(path, tmp_path, tmp_path / "." / "a.txt")] == [Article]


def test_missing_and_unknown_files_are_refused(tmp_path: Path) -> None:
    picture = written(tmp_path, "photo.png", b"x")
    assert refusals(tmp_path / "none.txt", picture) == [
        f"{tmp_path / 'none.txt'}: there is no such file or folder",
        f"{picture}: this type of file cannot be read; it may be .txt, .md, .html, .htm, .json or .jsonl",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    path.chmod(0)
    assert refusals(path) == [f"{path}: the file cannot be read: Permission denied"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert len(refusals(path)) == 1
    assert list(read_articles(tmp_path))[1:] == []


def test_a_file_whose_name_is_not_utf8_is_refused_in_words_that_can_be_printed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)
    (refusal,) = refusals(tmp_path)
    assert refusal.encode().decode().endswith('"id" holds half a character (the lone surrogate U+DCE9)')


# ---------------------------------------------------------- folders


def test_a_folder_is_read_through_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.md", ".hidden.txt", ".git/d.txt", "README.md", "readme.txt", "e.png"):
        written(tmp_path, name, f"the text of {name}")
    assert [article.id for article in articles(tmp_path)] == ["a", "b", "c"]
    assert refusals(tmp_path) == []


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "deep/photo.png", b"x")
    assert refusals(tmp_path) == [f"{tmp_path}: the folder holds no .txt, .md, .html, .htm, .json or .jsonl file"]


# ---------------------------------------------------------- what a text says of itself


def test_a_text_fills_only_what_its_record_leaves_open(tmp_path: Path) -> None:
    text = (
        "date 2022-01-06 ANKARA, January 6. /TASS/. The ministers held telephone talks on Thursday, a source told TASS."
    )
    bare, full = articles(
        lines(tmp_path, {"text": text}, {"text": text, "source": "The Daily", "published": "2022-01-07"})
    )
    assert bare.published is not None
    assert full.published is not None
    assert (bare.outlet, bare.published.day) == ("TASS", date(2022, 1, 6))
    assert (bare.published.known, bare.published.how) == (Knowledge.STATED, "stated at the head of its text")
    assert (full.outlet, full.published.day) == ("The Daily", date(2022, 1, 7))


def test_a_headline_is_an_articles_title_and_stays_in_its_text(tmp_path: Path) -> None:
    text = "Unrest reaches Almaty\n\nCrowds took to the streets of the city on Tuesday, the police said."
    plain, marked = articles(written(tmp_path, "a.txt", text), written(tmp_path, "b.md", f"# {text}"))
    assert (plain.title, plain.text) == ("Unrest reaches Almaty", text)
    assert (marked.title, marked.text) == ("Unrest reaches Almaty", f"# {text}")


# ---------------------------------------------------------- web pages

PAGE = """<!doctype html><html lang="en"><head><title>Unrest in Almaty on 2019-03-04 | The Daily</title>
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://daily.example/unrest">
{head}</head><body><nav><a href="/">Home</a></nav><article><h1>Unrest in Almaty</h1>{top}
<p>Crowds took to the streets of Almaty on Tuesday, and the police used flashbangs to disperse them.</p>
<p>The law of 2021-03-04 forbids it, &amp; “nobody” was hurt.</p></article><footer>© 2020 The Daily</footer>
</body></html>"""


def page(folder: Path, head: str = "", top: str = "") -> Article:
    (article,) = articles(written(folder, "unrest.html", PAGE.format(head=head, top=top)))
    return article


def test_a_web_page_gives_its_main_text_and_what_its_metadata_say(tmp_path: Path) -> None:
    article = page(tmp_path, '<meta property="article:published_time" content="2022-01-05T08:00:00+06:00">')
    assert article.published is not None
    assert (article.id, article.outlet, article.published.day) == ("unrest", "The Daily", date(2022, 1, 5))
    assert (article.url, article.language) == ("https://daily.example/unrest", "en")
    assert "The law of 2021-03-04 forbids it, & “nobody” was hurt." in article.text
    assert "Home" not in article.text
    assert "2020" not in article.text


def test_a_date_in_the_words_of_a_page_is_not_taken_for_its_own(tmp_path: Path) -> None:
    assert page(tmp_path).published is None


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-01-05"}</script>', 5),
        ('<time datetime="2022-01-06T10:00:00Z">Thursday</time>', 6),
        ('<time datetime="2022-01-06">Thursday</time><time datetime="2022-01-09">updated</time>', None),
    ],
)
def test_a_pages_own_date_may_stand_in_its_body_if_nothing_contradicts_it(
    tmp_path: Path, top: str, day: int | None
) -> None:
    published = page(tmp_path, top=top).published
    assert (published and published.day) == (day and date(2022, 1, day))


def test_a_fragment_of_a_page_is_read_and_an_empty_one_refused(tmp_path: Path) -> None:
    (article,) = articles(written(tmp_path, "a.htm", f"<p>{TEXT}</p>"))
    assert article.text == TEXT
    path = written(tmp_path, "b.html", "<html><body><script>1</script></body></html>")
    assert refusals(path) == [f"{path}:1: no main text was found in this page"]


def test_a_page_that_its_parser_stumbles_over_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.html", "<svg>{<script type='application/ld+json'>{</script><head><frameset>\ud7ff")
    (refusal,) = refusals(path)
    assert refusal.startswith(f"{path}:1: ")


# ---------------------------------------------------------- manifests

MANIFEST = """
[articles."a"]
title = "A headline"
outlet = "The Daily"
published = 2022-01-05
published_how = "by its editor"
url = "https://daily.example/a"
notes = "for whom it may concern"
"""


def test_a_manifest_goes_before_what_the_files_say(tmp_path: Path) -> None:
    written(tmp_path, "manifest.toml", MANIFEST)
    written(tmp_path, "a.txt", "date 2022-01-06 ANKARA, January 6. /TASS/. The ministers held telephone talks.")
    for article in (*articles(tmp_path), *articles(tmp_path / "a.txt")):
        assert article.published is not None
        assert (article.title, article.outlet) == ("A headline", "The Daily")
        assert (article.published.day, article.published.how) == (date(2022, 1, 5), "by its editor")


def test_a_manifest_may_say_how_a_date_is_known_without_giving_it(tmp_path: Path) -> None:
    written(tmp_path, "manifest.toml", '[articles.a]\npublished_how = "it is not"\n')
    (article,) = articles(written(tmp_path, "a.txt", TEXT))
    assert article.published is None


def test_a_manifest_speaks_of_the_files_of_its_own_folder(tmp_path: Path) -> None:
    written(tmp_path, "manifest.toml", "[articles.a]\ntitle = 'A headline'\n")
    written(tmp_path, "deep/a.txt", TEXT)
    assert [article.title for article in articles(tmp_path)] == [None]
    assert refusals(tmp_path) == [f"{tmp_path / 'manifest.toml'}:1: no article of this folder has the id 'a'"]


def test_a_wrong_manifest_is_refused_and_the_articles_go_in(tmp_path: Path) -> None:
    path = written(tmp_path, "manifest.toml", "\n[articles.a]\noutlet = 3")
    written(tmp_path, "a.txt", TEXT)
    assert [article.id for article in articles(tmp_path)] == ["a"]
    assert refusals(tmp_path) == [f'{path}:2: "outlet" must be text, not a number']


# ---------------------------------------------------------- the seeds


def test_the_seeds_say_what_is_known_of_them_and_nothing_else() -> None:
    first, second = articles(SEEDS)
    assert refusals(SEEDS) == []
    assert (first.id, first.title) == (
        "000_e8299791b4f47585",
        "Turkish, Russian top diplomats discuss Kazakhstan, Ukraine",
    )
    assert (first.outlet, first.published) == (None, None)
    assert second.published is not None
    assert (second.id, second.title, second.outlet) == ("004_ace7756d0895ef8d", None, "TASS")
    assert (second.published.day, second.published.known) == (date(2022, 1, 6), Knowledge.STATED)
    assert "date 2022-01-06" in second.published.how
    for article in (first, second):
        assert article.text.encode() == (SEEDS / f"{article.id}.txt").read_bytes()
