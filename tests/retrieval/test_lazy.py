"""Lazy exports: a name loads its module when it is used, and not before."""

import sys
from pathlib import Path

import pytest

from retrieval.lazy import lazy_exports


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "lazy_sample"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text(
        "from retrieval.lazy import lazy_exports\n"
        '__getattr__, __dir__, __all__ = lazy_exports(__name__, {"two": "heavy", "one": "heavy"})\n'
    )
    (folder / "heavy.py").write_text("one = 1\ndef two() -> int:\n    return 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    for module in (name, f"{name}.heavy"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    return name


def test_importing_the_package_loads_no_submodule(package: str) -> None:
    __import__(package)
    assert f"{package}.heavy" not in sys.modules


def test_a_name_is_read_from_its_submodule_and_kept(package: str) -> None:
    module = __import__(package)
    assert module.one == 1
    assert "one" in vars(module)
    assert module.two() == 2


def test_a_star_import_and_dir_know_every_name(package: str) -> None:
    module = __import__(package)
    assert module.__all__ == ["one", "two"]
    assert {"one", "two"} <= set(dir(module))


def test_an_unknown_name_is_an_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match=r"lazy_sample.*three"):
        _ = __import__(package).three


def test_a_submodule_that_lacks_the_name_is_an_attribute_error() -> None:
    getter, _, _ = lazy_exports("retrieval", {"missing": "errors"})
    with pytest.raises(AttributeError, match="missing"):
        getter("missing")
