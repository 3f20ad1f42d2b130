# SPDX-License-Identifier: GPL-3.0-or-later
"""What no client of ours would send. The engine answers in its words, stays small, and lives."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

import liaison
from patience import PATIENCE_S


def ask(client, text, timeout=20, heads_only=False):
    """Raw bytes in, all that comes until the engine closes or is silent; or the first head of it."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(timeout)
    connection.connect(client.path)
    connection.sendall(text)
    answer = b""
    try:
        while chunk := connection.recv(65536):
            answer += chunk
            if heads_only and b"\r\n\r\n" in answer:
                break
    except (TimeoutError, ConnectionResetError):
        pass
    connection.close()
    return answer


def head(client, method, path, *lines):
    lines = ("Host: localhost", f"Authorization: Bearer {client.token}", *lines)
    return f"{method} {path} HTTP/1.1\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n"


BODIES = [b"", b"{}{}", b"[]", b"1", b"null", b'{"t":5}', b"{", b'{"a":1,}', b"{'a':1}", b'{"key":"\\u0000"}', b'{"key":"\xff"}', b"\xef\xbb\xbf{}",
          b'{"a":' * 100 + b"1" + b"}" * 100, b'{"key":1e400}', b'{"key":99999999999999999999}', b'{"a":"\\ud800"}', b"// x\n{}"]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_not_strict_json(client, body):
    status, headers, answer = client.raw("POST", "/v1/commands", body, {"Content-Type": "application/json"})
    assert status in (400, 422), answer
    assert headers.get_content_type() == "application/problem+json"
    assert json.loads(answer)["type"] in ("urn:liaison:problem:bad-json", "urn:liaison:problem:validation")


FRAMES = [{"key": 5}, {"key": None}, {"key": "k", "k": 5}, {"key": "k", "k": "note.add", "conv": 5}, {"key": "k", "k": "note.add", "conv": "c_1", "d": []},
          {"key": "k", "k": "nothing"}, {"key": "k" * 100, "k": "note.add"}, {"key": "k", "k": "note.add", "conv": "c_-1", "d": {"body": "x"}},
          {"key": "k", "k": "note.add", "conv": "c_1", "ver": "x"}, {"key": "k", "k": "note.add", "conv": "c_1", "seen": -5},
          {"key": "k", "k": "draft.save", "conv": "c_1", "d": {"to": [5]}}, {"key": "k", "k": "settings.set", "d": {"settings": [1]}},
          {"key": "k", "k": "conversation.create", "d": {"customer": "x"}}, {"key": "k", "k": "channel.add", "d": {"imap": 1}}, {"key": "", "k": "note.add"}]


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
def test_commands_of_wrong_types(client, frame):
    with pytest.raises(liaison.Problem) as problem:
        client.post("/v1/commands", frame)
    assert problem.value.kind in ("validation", "not-found")


def test_validation_says_where(client):
    with pytest.raises(liaison.Problem) as problem:
        client.post("/v1/commands", {"key": "k", "k": "note.add", "conv": client.new_conversation(), "d": {"body": 5}})
    assert problem.value.body["errors"] == [{"pointer": "/d/body", "code": "type"}]


def test_other_media(client):
    assert client.raw("POST", "/v1/commands", b"{}", {"Content-Type": "text/plain"})[0] == 415
    assert client.raw("POST", "/v1/commands", b"{}")[0] == 415


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/conversations", "/v1/conversations/", "/v1/conversations/c_1/x", "/v2/meta", "/v1/meta/",
                                  "/v1/blobs/..%2f..%2fliaison.db", "/v1/conversations/%00", "/v1/conversations/%ff", "*"])
def test_no_such_call(client, path):
    for method in "GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS":
        assert client.raw(method, path)[0] in (400, 404)


def test_a_browser_is_refused(client):
    for method, path in [("GET", "/v1/meta"), ("POST", "/v1/auth/local"), ("GET", "/v1/snapshot"), ("POST", "/v1/commands"), ("GET", "/v1/stream")]:
        for origin in "https://example.com", "null", "http://localhost":
            status, _, answer = client.raw(method, path, b"{}" if method == "POST" else None, {"Origin": origin, "Content-Type": "application/json"})
            assert status == 403 and b"forbidden" in answer


def test_a_body_of_300_mb_is_refused_before_it_comes(engine):
    client = engine.client
    before = engine.memory_kb()
    for path, length in [("/v1/commands", 300_000_000), ("/v1/commands", 1_048_577), ("/v1/nothing", 300_000_000)]:
        start = time.monotonic()
        answer = ask(client, head(client, "POST", path, "Content-Type: application/json", f"Content-Length: {length}"))
        assert answer.startswith(b"HTTP/1.1 413" if "commands" in path else b"HTTP/1.1 404"), answer
        assert time.monotonic() - start < 10
    answer = ask(client, head(client, "PUT", "/v1/blobs", "Content-Length: 26214401"))
    assert answer.startswith(b"HTTP/1.1 413") and b"26214400" in answer
    assert engine.memory_kb() - before < 5_000


def test_a_body_without_a_length_is_cut_off(engine):
    client = engine.client
    before = engine.memory_kb()
    for path, most in [("/v1/commands", 20_000_000), ("/v1/blobs", 60_000_000)]:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(10)
        connection.connect(client.path)
        connection.sendall(head(client, "POST" if "commands" in path else "PUT", path, "Content-Type: application/json", "Transfer-Encoding: chunked"))
        sent = 0
        try:
            while sent < most:
                connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                sent += 65536
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert sent < most
        connection.close()
    assert engine.memory_kb() - before < 8_000
    client.get("/v1/snapshot")


def test_an_upload_takes_no_memory(engine):
    before = engine.memory_kb()
    status, _, answer = engine.client.raw("PUT", "/v1/blobs", os.urandom(25 * 1024 * 1024), {"Content-Type": "application/octet-stream"})
    assert status == 201, answer
    assert engine.memory_kb() - before < 40_000


@pytest.mark.parametrize("lines", [
    ("Content-Length: 5", "Transfer-Encoding: chunked"), ("Content-Length: 5", "Content-Length: 6"), ("Content-Length: -1",), ("Content-Length: 5x",),
    ("Host: other",), ("Transfer-Encoding: gzip, chunked",)])
def test_requests_that_could_be_read_in_two_ways(client, lines):
    answer = ask(client, head(client, "POST", "/v1/commands", "Content-Type: application/json", *lines) + b"{}{}{}{}", timeout=2)
    assert answer.count(b"HTTP/1.1") <= 1
    assert not answer or answer.startswith(b"HTTP/1.1 4") or answer.startswith(b"HTTP/1.1 501"), answer


HARDLY_HTTP = [b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 1000, b"A" * 300_000,
                                  b"GET /v1/meta HTTP/1.1\r\nX: " + b"y" * 300_000 + b"\r\n\r\n", b"GET /v1/meta HTTP/1.1\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
                                  b"CONNECT localhost:80 HTTP/1.1\r\n\r\n", b"GET http://example.com/v1/meta HTTP/1.1\r\nHost: x\r\n\r\n"]


@pytest.mark.parametrize("text", HARDLY_HTTP, ids=range(len(HARDLY_HTTP)))
def test_what_is_hardly_http(engine, text):
    try:
        ask(engine.client, text, timeout=1)
    except (BrokenPipeError, ConnectionResetError):
        pass
    assert engine.client.get("/v1/meta")["product"] == "liaison"
    assert engine.process.poll() is None


def test_many_half_requests(engine):
    sockets = []
    for _ in range(200):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(engine.path)
        connection.sendall(b"GET /v1/meta HTT")
        sockets.append(connection)
    start = time.monotonic()
    engine.client.get("/v1/snapshot")
    assert time.monotonic() - start < 10
    for connection in sockets:
        connection.close()


def test_clients_that_go_away_in_the_middle(engine):
    client = engine.client
    conversation = client.new_conversation()
    body = json.dumps({"key": "k", "k": "note.add", "conv": conversation, "d": {"body": "x"}}).encode()
    for cut in range(0, len(body), 7):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(client.path)
        connection.sendall(head(client, "POST", "/v1/commands", "Content-Type: application/json", f"Content-Length: {len(body)}") + body[:cut])
        connection.close()
    for i in range(50):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(client.path)
        connection.sendall(head(client, "GET", "/v1/snapshot"))
        connection.close()
    assert client.get(f"/v1/conversations/{conversation}")["timeline"] == []


def test_websockets_that_are_none(client):
    assert client.raw("GET", "/v1/stream")[0] == 422
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    for lines in [("Sec-WebSocket-Version: 12", "Sec-WebSocket-Protocol: liaison.v1"), ("Sec-WebSocket-Version: 13",),
                  ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: other")]:
        assert ask(client, head(client, "GET", "/v1/stream", *upgrade, *lines), PATIENCE_S, heads_only=True).startswith(b"HTTP/1.1 4")
    answer = ask(client, head(client, "GET", "/v1/stream", *upgrade, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: liaison.v1",
                              "Sec-WebSocket-Extensions: permessage-deflate"), PATIENCE_S, heads_only=True)
    assert answer.startswith(b"HTTP/1.1 101") and b"deflate" not in answer


def test_a_frame_that_is_too_large(engine):
    stream = engine.client.stream()
    before = engine.memory_kb()
    try:
        stream.socket.send(json.dumps({"t": "cmd", "d": {"body": "x" * 3_000_000}}))
        while True:
            stream.receive()
    except Exception as closed:
        assert "1009" in str(closed) or "4400" in str(closed) or "no close frame" in str(closed), closed
    assert engine.memory_kb() - before < 5_000
    engine.client.get("/v1/snapshot")


def test_another_user_gets_no_token(engine):
    """The kernel says who it is, whatever the socket's mode."""
    os.chmod(engine.directory, 0o777)
    os.chmod(engine.path, 0o777)
    script = f"import sys; sys.path.insert(0, {os.path.dirname(liaison.__file__)!r}); import liaison; liaison.Client(path={engine.path!r}).sign_in()"
    try:
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_S, user=65534, group=65534)
    except (PermissionError, ValueError, OSError):
        pytest.skip("only an administrator can become another user")
    assert done.returncode != 0 and ("unauthorized" in done.stderr or "Permission" in done.stderr), done.stderr
