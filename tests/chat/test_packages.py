"""What each package of the chat exports is there, and its example is true."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys

import pytest

NAMES = "admin handlers incoming operations persistence responses telemetry transport views".split()
LIBRARIES = {"aiohttp", "jinja2", "prometheus_client", "sqlite3", "telegram"}
PACKAGES = ["bot.chat", *(f"bot.chat.{name}" for name in NAMES)]


@pytest.mark.parametrize("name", PACKAGES)
def test_an_export_is_no_module_and_an_example_is_true(name):
    package = importlib.import_module(name)
    exports = {export: getattr(package, export) for export in package.__all__}
    assert not any(isinstance(value, type(sys)) for value in exports.values())
    assert doctest.testmod(package, extraglobs=exports).failed == 0


def test_importing_the_packages_loads_no_library():
    code = f"import sys, {', '.join(PACKAGES)}; print({LIBRARIES} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
