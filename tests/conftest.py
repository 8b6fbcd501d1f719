"""No test reaches the internet: only this machine itself may be connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkError(AssertionError):
    """A test tried to leave this machine."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] in {"", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def _no_internet() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(method: Any) -> Any:
    def guard(self: socket.socket, *arguments: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(arguments[-1]):
            raise NetworkError(f"a test wanted to reach {arguments[-1]}")
        return method(self, *arguments)

    return guard


@pytest.fixture(autouse=True, scope="session")
def _rules_alone() -> Iterator[None]:
    """Most tests are about rules, whose answers do not depend on weights; tests of the reader choose one themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_READER", "none")
        yield
