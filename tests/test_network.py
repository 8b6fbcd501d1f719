"""The guard that keeps tests on this machine."""

from __future__ import annotations

import socket

import pytest


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="wanted to reach"):
        connection.connect(("192.0.2.1", 80))


def test_a_name_of_another_machine_is_out_of_reach() -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="wanted to reach"):
        connection.connect(("example.org", 443))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()
