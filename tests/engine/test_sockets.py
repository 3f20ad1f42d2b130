# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's WebSockets (socket-echo.c) with another program's client."""

import json
import os
import resource
import subprocess

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Close
from websockets.sync.client import connect

from patience import PATIENCE_S

ORIGIN = "https://shop.example"


class Echo:
    def __init__(self, most=None, descriptors=None):
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
        self.process = subprocess.Popen([os.environ["LIAISON_SOCKET_ECHO"], *([str(most)] if most else [])], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit)
        for line in self.process.stdout:
            if line.startswith("listening"):
                self.port = int(line.split()[1])
                return

    def connect(self, origin=ORIGIN, protocols=("echo",), **options):
        return connect(f"ws://127.0.0.1:{self.port}/socket", origin=origin, subprotocols=protocols, open_timeout=PATIENCE_S, **options)

    def stop(self):
        """What it said on standard error."""
        _, said = self.process.communicate(timeout=PATIENCE_S)
        assert self.process.returncode == 0, said
        return said


@pytest.fixture
def echo():
    echo = Echo()
    yield echo
    assert echo.stop() == ""


def ask(client, **members):
    client.send(json.dumps(members))
    return json.loads(client.recv(timeout=PATIENCE_S))


def closed(client):
    """Why the server has closed: (code, reason)."""
    with pytest.raises(ConnectionClosed) as caught:
        client.recv(timeout=PATIENCE_S)
    assert isinstance(caught.value.rcvd, Close), caught.value
    return caught.value.rcvd.code, caught.value.rcvd.reason


def test_messages_come_back(echo):
    with echo.connect() as client:
        assert client.subprotocol == "echo"
        for id, body in enumerate(["", "Hello", "Grüße, 日本 🙂", "x" * 60000]):
            answer = ask(client, t="echo", id=id, body=body)
            assert (answer["seq"], answer["id"], answer["body"]) == (id + 1, id, body)


def test_fragments(echo):
    with echo.connect() as client:
        client.send(['{"t": "echo", ', '"id": 7, ', '"body": "Grü', 'ße"}'])
        assert json.loads(client.recv(timeout=PATIENCE_S))["body"] == "Grüße"


def test_compression_is_not_taken_up(echo):
    with echo.connect(compression="deflate") as client:
        assert "Sec-WebSocket-Extensions" not in client.response.headers
        assert ask(client, t="echo", body="plain")["body"] == "plain"


def test_ping(echo):
    with echo.connect() as client:
        assert client.ping(b"are you there?").wait(PATIENCE_S)


def test_client_closes(echo):
    client = echo.connect()
    client.close(4001, "bye")
    assert (client.close_code, client.close_reason) == (4001, "bye")


@pytest.mark.parametrize("code", [1000, 3000, 4999])
def test_server_closes(echo, code):
    with echo.connect() as client:
        client.send(json.dumps({"t": "close", "id": code, "body": "that is all"}))
        assert closed(client) == (code, "that is all")


@pytest.mark.parametrize("message, code", [(b"bytes", 1003), ("no JSON", 4400), ("{}{}", 4400), ("x" * 65537, 1009)])
def test_wrong_messages(echo, message, code):
    with echo.connect() as client:
        client.send(message)
        assert closed(client)[0] == code


@pytest.mark.parametrize("options, status", [({"origin": "https://evil.example"}, 403), ({"origin": None}, 403), ({"protocols": ["other"]}, 400),
                                             ({"protocols": None}, 400)])
def test_refused_before_the_handshake(echo, options, status):
    with pytest.raises(InvalidStatus) as caught:
        echo.connect(**options)
    assert caught.value.response.status_code == status


def test_restart():
    echo = Echo()
    clients = [echo.connect() for _ in range(5)]
    echo.process.stdin.close()
    assert {closed(client)[0] for client in clients} == {1012}
    echo.process.stdin = None
    echo.stop()


def test_more_than_may_be_held():
    echo = Echo(most=3)
    clients = [echo.connect() for _ in range(3)]
    with echo.connect() as late:
        assert closed(late)[0] == 1013
    clients.pop().close()
    clients.append(echo.connect())
    assert [ask(client, t="echo", id=i)["id"] for i, client in enumerate(clients)] == [0, 1, 2]
    for client in clients:
        client.close()
    assert echo.stop() == "3 sockets are held already\n"


def test_more_than_descriptors():
    """The rest of the engine keeps what it needs, and whoever reads the log learns what to do."""
    echo = Echo(descriptors=520)
    clients = [echo.connect() for _ in range(8)]
    with echo.connect() as late:
        assert closed(late)[0] == 1013
    assert ask(clients[0], t="echo", body="still here")["body"] == "still here"
    for client in clients:
        client.close()
    said = echo.stop()
    assert "open 520 files at once; to hold 12000 connections it needs 12512. Raise the limit" in said
