"""What operators are given fits the program: documentation, image, compose file and systemd unit."""

from __future__ import annotations

import ast
import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import srsly

from bot.chat.operations.health import Health, Heartbeat
from bot.chat.persistence.delivery_database import DeliveryDatabase
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.update_log import UpdateLog
from bot.cli.main import parser
from bot.settings import Settings, variable
from tests.paths import ROOT

GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
UNIT = ROOT / "deploy" / "dateline.service"
SETTINGS = {variable(field): info for field, info in Settings.model_fields.items()}


def instructions(name: str) -> list[str]:
    """What follows an instruction's name in the Dockerfile, each time."""
    return [line.split(maxsplit=1)[1] for line in DOCKERFILE.splitlines() if line.startswith(f"{name} ")]


def unit() -> configparser.SectionProxy:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(UNIT.read_text(encoding="utf-8"))
    return read["Service"]


# ---------------------------------------------------------------- the guide


@pytest.mark.parametrize("name", SETTINGS)
def test_the_guide_names_every_setting_with_its_default_and_what_it_is_for(name):
    default = SETTINGS[name].default
    shown = "" if default in (None, frozenset()) else f"`{default}`"
    assert f"| `{name}` | {shown} | {SETTINGS[name].description} |" in GUIDE


def test_the_guide_names_every_metric(tmp_path):
    metrics = Metrics()
    with DeliveryDatabase(tmp_path / "chat.sqlite3") as state:
        Health(Heartbeat(), UpdateLog(state), metrics)
        named = re.findall(r"^# HELP (\S+) (.*)$", metrics.text(), re.MULTILINE)
    assert len(named) > 10
    for name, words in named:
        assert f"| `{name}` | {words} |" in GUIDE


def test_the_guide_shows_health_as_it_is(tmp_path):
    with DeliveryDatabase(tmp_path / "chat.sqlite3") as state:
        now = Health(Heartbeat(), UpdateLog(state), Metrics()).report()
    (shown,) = re.findall(r'^\{"status".*\}$', GUIDE, re.MULTILINE)
    assert list(json.loads(shown)) == list(now.model_dump())


def strings() -> list[str]:
    """Every piece of text in the code."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "bot").rglob("*.py")]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [node.value for node in nodes if isinstance(node.value, str)]


def test_the_guide_quotes_what_the_log_says():
    said = strings()
    table = GUIDE.partition("| the log says |")[2]
    quoted = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(quoted) > 8
    for words in quoted:
        pieces = [piece.strip() for piece in re.split(r"\.\.\.|\d+|sendMessage", words) if len(piece.strip()) > 4]
        assert any(all(piece in string for piece in pieces) for string in said), words


# ---------------------------------------------------------------- the image


def test_the_image_runs_a_command_that_exists_as_nobody_special():
    assert instructions("USER") == ["dateline"]
    words = json.loads(instructions("ENTRYPOINT")[0]) + json.loads(instructions("CMD")[0])
    assert words[0] == "dateline"
    parser().parse_args(words[1:])
    assert DOCKERFILE.index("USER dateline") < DOCKERFILE.index("ENTRYPOINT")


def test_the_image_sets_only_settings_that_exist_and_asks_for_health_where_it_is_told():
    set_there = dict(re.findall(r"\b(DATELINE_\w+)=(\S+)", " ".join(instructions("ENV"))))
    assert set(set_there) <= set(SETTINGS)
    (check,) = instructions("HEALTHCHECK")
    command = json.loads(check[check.index("CMD ") + 4 :])
    assert command[:2] == ["python", "-c"] and "/healthz" in command[2] and "DATELINE_HEALTH_PORT" in command[2]
    ast.parse(command[2])


WHAT_IS_READ = """
import sys
sys.addaudithook(lambda event, given: print(given[0]) if event == "open" else None)
from retrieval.entities.recogniser import EntityRecogniser
EntityRecogniser(None).analyse("Who lives in Almaty?")
"""


def test_what_the_image_leaves_out_is_not_read():
    removed = set(re.findall(r"cities\d+\.json", DOCKERFILE))
    done = subprocess.run([sys.executable, "-c", WHAT_IS_READ], cwd=ROOT, capture_output=True, text=True, timeout=120)
    read = {Path(line).name for line in done.stdout.splitlines()}
    assert "cities15000.json" in read and len(removed) == 3
    assert not removed & read
    version = re.search(r"FROM python:(\d\.\d+)-slim", DOCKERFILE)
    assert version is not None
    assert set(re.findall(r"lib/python(\d\.\d+)/", DOCKERFILE)) == {version[1]}


def test_everything_the_build_needs_passes_the_ignore_file():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    for needed in ("bot", "retrieval", "seeds", "pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
        assert f"!{needed}" in ignored and (ROOT / needed).exists()


# ---------------------------------------------------------------- compose and systemd


def test_the_compose_file_is_read_only_and_names_what_exists():
    (service,) = srsly.yaml_loads((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    parser().parse_args(service["command"])
    assert set(service["environment"]) <= set(SETTINGS)
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["tmpfs"] == ["/tmp"]
    volume, _, folder = service["volumes"][0].partition(":")
    assert volume == "dateline" and folder == service["environment"]["DATELINE_DATA_DIR"]
    for name, value in service["environment"].items():
        assert isinstance(value, str), f"{name} is no text: compose would refuse it"


def test_the_unit_starts_a_command_that_exists_with_settings_that_exist():
    service = unit()
    program, *words = shlex.split(service["ExecStart"])
    assert Path(program).name == "dateline"
    parser().parse_args(words)
    name, _, folder = service["Environment"].partition("=")
    assert name in SETTINGS and folder == f"/var/lib/{service['StateDirectory']}"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["RestartPreventExitStatus"] == "2"
    assert f"sudo install -m 600 .env.example {service['EnvironmentFile']}" in GUIDE


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path):
    here = tmp_path / "dateline.service"
    here.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/dateline/bin/dateline", sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
