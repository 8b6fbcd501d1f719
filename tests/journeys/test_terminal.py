"""From the seed files to an answer, by the command itself in its own process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, variable
from tests.paths import ROOT

QUESTION = "When did the unrest reach Almaty?"
SENTENCE = "Two days later, the protests engulfed Almaty, in the country’s southeast"

Finished = subprocess.CompletedProcess[str]
Dateline = Callable[..., Finished]


def environment() -> dict[str, str]:
    settings = {variable(field) for field in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _hears_interruption() -> None:
    """Let a process be interrupted even where the tests run in the background, which hands down deafness to SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(folder: Path, *argv: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bot", "--data", str(folder / "data"), *argv]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        encoding="utf-8",
        preexec_fn=_hears_interruption,  # noqa: PLW1509 (no thread runs here)
    )


def told(process: subprocess.Popen[str], end: str) -> str:
    """What a process says up to a line that holds ``end``."""
    lines: list[str] = []
    assert process.stdout
    while not lines or end not in lines[-1]:
        line = process.stdout.readline()
        assert line, "".join(lines)
        lines.append(line)
    return "".join(lines)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose data folder the seeds have filled."""
    folder = tmp_path_factory.mktemp("home")
    run(folder, "list")
    return folder


def run(folder: Path, *argv: str, typed: str = "") -> Finished:
    process = started(folder, *argv)
    out, err = process.communicate(typed, timeout=120)
    return subprocess.CompletedProcess(argv, process.returncode, out, err)


def test_a_newcomer_is_answered(tmp_path: Path) -> None:
    result = run(tmp_path, "run", typed=f"{QUESTION}\n")
    assert result.returncode == 0
    assert result.stderr == "Terminal chat, because TELEGRAM_BOT_TOKEN is not set.\n"
    assert result.stdout.startswith("4 January 2022")
    assert SENTENCE in result.stdout
    assert "[1] TASS, 6 January 2022" in result.stdout


def test_the_quote_stands_in_the_seed_file(home: Path) -> None:
    reply = json.loads(run(home, "ask", "--json", QUESTION).stdout)
    (citation,) = reply["citations"]
    text = (ROOT / "seeds" / f"{citation['article_id']}.txt").read_bytes().decode("utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["source"] == "TASS"
    assert citation["published"] == "2022-01-06"
    assert reply["status"] == "answered"


def test_what_no_article_says_is_not_answered(home: Path) -> None:
    reply = json.loads(run(home, "ask", "--json", "What did Blinken say?").stdout)
    assert reply["status"] == "not_found"
    assert reply["citations"] == []
    assert "Blinken" in reply["text"]


def test_where_it_is_not_sure_the_closest_quotes_are_its_citations(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    (tmp_path / ".env").write_text("DATELINE_THRESHOLD=1\nDATELINE_CLOSEST_THRESHOLD=0\n")
    reply = json.loads(run(tmp_path, "ask", "--json", QUESTION).stdout)
    assert (reply["status"], reply["short_answer"]) == ("closest", None)
    assert 1 <= len(reply["citations"]) <= 3
    for citation in reply["citations"]:
        text = (ROOT / "seeds" / f"{citation['article_id']}.txt").read_bytes().decode("utf-8")
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert any(citation["quote"].startswith(SENTENCE) for citation in reply["citations"])
    assert reply["text"].startswith("Not sure. Closest:\n")
    claimed = json.loads(run(tmp_path, "ask", "--json", "--always", QUESTION).stdout)
    assert (claimed["status"], claimed["confidence"]) == ("answered", reply["confidence"])


def test_hits_are_the_articles_words(home: Path) -> None:
    found = json.loads(run(home, "search", "--json", "--top", "2", "Almaty protests").stdout)["hits"]
    assert [hit["rank"] for hit in found] == list(range(1, len(found) + 1))
    for hit in found:
        text = (ROOT / "seeds" / f"{hit['article_id']}.txt").read_bytes().decode("utf-8")
        assert text[hit["start"] : hit["end"]] == hit["text"]


def test_empty_stays_empty(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, "--empty", "list", "--json").stdout) == []
    assert json.loads(run(tmp_path, "list", "--json").stdout) == []


def test_a_removed_seed_does_not_come_back(tmp_path: Path) -> None:
    ids = [row["id"] for row in json.loads(run(tmp_path, "list", "--json").stdout)]
    for article_id in ids:
        assert run(tmp_path, "remove", article_id).returncode == 0
    assert json.loads(run(tmp_path, "list", "--json").stdout) == []
    assert json.loads(run(tmp_path, "ask", "--json", QUESTION).stdout)["status"] == "not_found"


def test_a_bad_record_costs_no_other(tmp_path: Path) -> None:
    rows = ['{"id": "a", "text": "A ferry sank off Dover on 4 May 2021."}', '{"id": "b", "text": ""}', "{"]
    (tmp_path / "news.jsonl").write_text("\n".join(rows))
    result = run(tmp_path, "--empty", "add", "news.jsonl")
    assert result.returncode == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == ["news.jsonl:2", "news.jsonl:3"]
    assert [row["id"] for row in json.loads(run(tmp_path, "list", "--json").stdout)] == ["a"]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = started(tmp_path, "chat")
    yield process
    process.kill()
    process.communicate()


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def test_a_talk_sees_what_another_process_adds(talk: subprocess.Popen[str], tmp_path: Path) -> None:
    say(talk, "/sources")
    told(talk, "TASS")
    (tmp_path / "ferry.txt").write_text(
        "DOVER, May 4, 2021. The ferry Pelican sank off Dover on Tuesday, the owner said."
    )
    assert run(tmp_path, "add", "ferry.txt").returncode == 0
    say(talk, "Where did the ferry Pelican sink?")
    assert "The ferry Pelican sank off Dover" in told(talk, "[1] ")


def test_interruption_ends_quietly(talk: subprocess.Popen[str]) -> None:
    say(talk, "/help")
    told(talk, "/quit")
    talk.send_signal(signal.SIGINT)
    _, err = talk.communicate(timeout=30)
    assert talk.returncode == 130
    assert err == ""


def test_a_closed_pipe_ends_quietly(talk: subprocess.Popen[str]) -> None:
    say(talk, "/help")
    told(talk, "/quit")
    assert talk.stdout
    talk.stdout.close()
    deadline = time.monotonic() + 30
    while talk.poll() is None and time.monotonic() < deadline:
        try:
            say(talk, "/help")
        except BrokenPipeError:
            break
        time.sleep(0.05)
    assert talk.wait(timeout=30) == 141
    assert talk.stderr
    assert talk.stderr.read() == ""
    talk.stdout = None
    talk.stdin = None
