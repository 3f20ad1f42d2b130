# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers may throw at the chat's listener: bare, and through the proxies that are shipped. No answer is split, nothing grows, it lives on."""

import contextlib
import socket
import ssl
import struct
import time

import pytest

import proxies
import webchat
from patience import PATIENCE_S
from webchat import ORIGIN, Visitor

HOST = "Host: localhost\r\n"
PATH = "/chat/v1/messages"
GET = f"GET /chat/v1/events HTTP/1.1\r\n{HOST}\r\n"
TALK = b'{"cid":"a","body":"b"}'


class Bare:
    """Without a proxy: what reaches this machine's own programs."""

    def __init__(self, port):
        self.port = port

    def connect(self, timeout=PATIENCE_S):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def stop(self):
        pass


@pytest.fixture(params=["bare", "nginx", "caddy"])
def front(request, make_engine):
    if request.param != "bare" and not proxies.running():
        pytest.skip("no proxies: ./dev stack up")
    port = proxies.free_port()
    engine = make_engine(extra=["--chat", f"127.0.0.1:{port}", "--chat-proxy", "127.0.0.1"])
    engine.sign_in()
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [ORIGIN]})
    webchat.start(engine)
    front = Bare(port) if request.param == "bare" else proxies.Proxy(request.param, port)
    front.engine, front.kind, front.chat = engine, request.param, port
    webchat.wait_until_true(lambda: ask(front, f"GET /chat/widget/loader.js?site=shop HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200"))
    yield front
    front.stop()


def ask(front, text, quiet_s=30):
    """Everything that comes back, until it is closed or has been quiet."""
    with front.connect(quiet_s) as line:
        line.sendall(text.encode() if isinstance(text, str) else text)
        return rest_of(line)


def rest_of(line):
    said = b""
    try:
        while data := line.recv(65536):
            said += data
    except (TimeoutError, ConnectionError, OSError):
        pass
    return said


def statuses(said):
    return [int(line.split()[1]) for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


def grown(engine, before):
    return engine.memory_kb() - before


BAD = {
    "length-and-chunks": f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{GET}",
    "two-hosts": f"GET /chat/v1/events HTTP/1.1\r\n{HOST}Host: other\r\n\r\n",
    "space-before-colon": f"POST {PATH} HTTP/1.1\r\n{HOST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{GET}",
    "two-lengths": f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Length: 22\r\nContent-Length: 3\r\n\r\n{TALK.decode()}",
    "length-below-zero": f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Length: -1\r\n\r\n",
    "length-of-letters": f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Length: 9x\r\n\r\n{TALK.decode()}",
    "chunk-of-all-the-world": f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nxx",
    "header-of-200-kB": f"GET /chat/v1/events HTTP/1.1\r\n{HOST}X: {'a' * 200000}\r\n\r\n",
}


@pytest.mark.parametrize("name", BAD)
def test_two_readings_of_a_request(front, name):
    before = front.engine.memory_kb()
    said = ask(front, BAD[name])
    # Caddy reads chunks where there is a length, too, and what follows as the next request: of hers, not of somebody else's.
    most = 2 if (front.kind, name) == ("caddy", "length-and-chunks") else 1
    assert len(statuses(said)) <= most and all(status >= 400 for status in statuses(said)), said[:300]
    assert grown(front.engine, before) < 4096
    assert Visitor(("127.0.0.1", front.chat)).token


@pytest.mark.parametrize("framing", ["Content-Length: 300000000", "Transfer-Encoding: chunked"])
def test_a_body_without_an_end(front, framing):
    before = front.engine.memory_kb()
    piece = b"a" * (1 << 20)
    with front.connect(20) as line:
        line.sendall(f"POST {PATH} HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n{framing}\r\n\r\n".encode())
        sent = 0
        try:
            while sent < 300:
                line.sendall(b"100000\r\n" + piece + b"\r\n" if "chunked" in framing else piece)
                sent += 1
        except (ConnectionError, TimeoutError, OSError):
            pass
        said = rest_of(line)
    assert sent < 300 or statuses(said) and statuses(said)[0] >= 400
    assert grown(front.engine, before) < 8192


def test_a_message_without_an_end(front):
    before = front.engine.memory_kb()
    with front.connect(20) as line:
        line.sendall((f"GET /chat/v1/socket HTTP/1.1\r\n{HOST}Origin: {ORIGIN}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        assert b" 101 " in line.recv(4096)
        payload = struct.pack(">BBQ4s", 0, 0xff, 100000, b"\0\0\0\0") + b"a" * 100000
        sent = 0
        try:
            line.sendall(b"\x01" + payload[1:])
            while sent < 2000:
                line.sendall(payload)
                sent += 1
        except (ConnectionError, TimeoutError, OSError):
            pass
        said = rest_of(line)
    # nginx may take what still comes after the engine's last word, and throws it away (lingering_close).
    assert sent < 2000 or b"a message may have 64 KiB" in said, "200 MB were taken"
    assert grown(front.engine, before) < 4096


def test_half_requests(front):
    """They are the proxy's to end; the engine is not made slower by them."""
    before = front.engine.memory_kb()
    lines = [front.connect() for _ in range(90)]
    for line in lines:
        line.sendall(b"GET /chat/v1/ev")
    start = time.monotonic()
    front.engine.client.get("/v1/chats")
    assert time.monotonic() - start < 10
    if front.kind != "bare":
        for line in lines:
            line.settimeout(PATIENCE_S)
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                while line.recv(4096):  # until the proxy has closed it
                    pass
    for line in lines:
        line.close()
    assert grown(front.engine, before) < 4096


def test_nothing_else_is_published(front):
    for path in ("/v1/meta", "/", "/chat", "/chat/../v1/meta", "/chat/%2e%2e/v1/meta", "//v1/meta"):
        assert statuses(ask(front, f"GET {path} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"))[0] in (301, 308, 400, 404), path


def test_whose_address_it_is(front):
    """A visitor cannot choose for whom the proxy says it speaks."""
    body = b'{"site":"shop"}'
    asked = []
    while len(asked) < (12 if front.kind == "bare" else 60) and 429 not in asked:  # one more is given out every six seconds
        asked += statuses(ask(front, f"POST /chat/v1/session HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Type: application/json\r\n"
                                     f"X-Forwarded-For: 192.0.2.{len(asked)}\r\nX-Test-Address: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body))[:1]
    assert (429 in asked) == (front.kind != "bare"), asked
