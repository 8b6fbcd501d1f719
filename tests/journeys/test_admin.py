"""Administrators change the articles by message while the bot runs; strangers cannot."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.journeys.conftest import Start, ended_well
from tests.journeys.test_buttons import ask, press, words
from tests.tglab import ALICE, BOB, TelegramLab

PAGE = """<html><head><title>Harvest</title><script>alert("never")</script></head><body><article>
<h1>Harvest in Ruritania</h1><p>The harvest in Ruritania was the best since 1999, the ministry said on Monday.</p>
<script>document.write("evil words")</script><p>Farmers in the north were glad of it, and so were the mills.</p>
</article></body></html>"""


def send(lab: TelegramLab, content: bytes, name: str, person: int = ALICE) -> str:
    lab.upload_document(content, name, person)
    return str(lab.wait_replies(person, timeout=60)[0]["text"])


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("article.txt", "0" * 10_000_000)
    return packed.getvalue()


def test_an_administrator_adds_and_removes_articles(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ADMINS", str(ALICE))
    question = "When was the harvest in Ruritania as good?"
    with TelegramLab() as lab:
        process = start(lab)
        assert "Ruritania" in ask(lab, ALICE, question)["text"]
        wanted = ask(lab, BOB, question)
        assert press(lab, wanted, "Notify the editors", BOB).startswith("The editors were notified.")
        assert press(lab, wanted, "Notify the editors", BOB).startswith("The editors were notified.")
        (told,) = lab.replies(ALICE)[1:]
        assert question in told["text"] and "Bob" not in told["text"]
        assert "administrators" in ask(lab, BOB, "/add The harvest in Ruritania was good.")["text"]
        assert "only read text" in send(lab, PAGE.encode(), "harvest.html", BOB)
        assert send(lab, PAGE.encode(), "harvest.html") == "1 added, 0 replaced, 0 unchanged, 0 refused"
        assert "best since 1999" in ask(lab, ALICE, question)["text"]
        assert "Notify the editors" not in words(ask(lab, BOB, question))
        assert "evil" not in ask(lab, ALICE, "/article harvest")["text"]
        assert "1 added" in ask(lab, ALICE, "/add The mill of Zenda burnt down on 3 May 1999.")["text"]
        assert send(lab, b"{nonsense", "bad.json").startswith("bad.json:1: not JSON")
        assert "this type of file cannot be read" in send(lab, zipped(), "articles.zip")
        assert "not UTF-8" in send(lab, zipped(), "articles.txt")
        assert "larger than 5 MB" in send(lab, b"x" * (5 * 2**20 + 1), "big.txt")
        assert "Harvest" in ask(lab, ALICE, "/articles harvest")["text"]
        for link in ("/add http://127.0.0.1:1/news", "http://localhost/news"):
            assert "is not a public web address" in ask(lab, ALICE, link)["text"]
        assert "Removed harvest" in ask(lab, ALICE, "/remove harvest")["text"]
        assert "best since 1999" not in ask(lab, ALICE, question)["text"]
        assert "right with probability" in ask(lab, ALICE, "/why")["text"]
        assert "harvest in Ruritania" in ask(lab, ALICE, "/unanswered")["text"]
        assert "Nothing had changed." in ask(lab, ALICE, "/reload")["text"]
        ended_well(process)
        assert lab.refused() == []


def test_without_administrators_nobody_may_change_anything(lab: TelegramLab, person: int) -> None:
    for command in ("/add A text.", "/remove 004_ace7756d0895ef8d", "/why"):
        assert "Only Dateline's administrators" in ask(lab, person, command)["text"]
