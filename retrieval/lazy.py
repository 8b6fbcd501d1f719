"""Package exports that load their module at first use (PEP 562), so that importing a package costs nothing."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_exports(
    package: str, submodules: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` for ``package``; ``submodules`` maps a public name to the
    submodule that defines it. An unknown name raises AttributeError, as with every module.

    >>> __getattr__, __dir__, __all__ = lazy_exports(__name__, {"tokenize": "tokens"})  # doctest: +SKIP
    """
    names = sorted(submodules)

    def __getattr__(name: str) -> object:  # noqa: N807 - the name that PEP 562 asks for
        if name not in submodules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{submodules[name]}"), name)
        setattr(sys.modules[package], name, value)  # the next use finds the name without this function
        return value

    def __dir__() -> list[str]:  # noqa: N807 - the name that PEP 562 asks for
        return sorted({*vars(sys.modules[package]), *names})

    return __getattr__, __dir__, names
