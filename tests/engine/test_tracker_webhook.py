# SPDX-License-Identifier: GPL-3.0-or-later
"""A program of somebody's own that takes issues: signed so that it can tell who speaks, numbered so that it can tell what it has heard already."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time

import pytest

import tracker

KEY = "whsec_" + base64.b64encode(b"a key of at least 24 bytes").decode()


class Receiver(http.server.ThreadingHTTPServer):
    """Checks the signature as https://www.standardwebhooks.com says, keeps each number once, and says what it is told to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.heard, self.count = [], {}, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        """Who speaks may have gone."""


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Not to the tests' output."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        number, moment = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        expected = hmac.new(base64.b64decode(KEY.removeprefix("whsec_")), f"{number}.{moment}.".encode() + body, hashlib.sha256).digest()
        self.server.count += 1
        answer = self.server.answers.pop(0) if self.server.answers else (204, {}, b"")
        if self.headers["webhook-signature"] != "v1," + base64.b64encode(expected).decode() or abs(int(moment) - time.time()) > 300:
            answer = (401, {}, b'{"message":"The signature is wrong"}')
        elif answer == "drop" or answer[0] < 300:
            self.server.heard.setdefault(number, (self.path, json.loads(body)))
        if answer == "drop":
            return
        self.send_response(answer[0])
        for name, value in answer[1].items():
            self.send_header(name, value)
        if answer[0] != 204:
            self.send_header("Content-Length", str(len(answer[2])))
        self.end_headers()
        self.wfile.write(answer[2])


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


def new_peer(receiver, key=KEY):
    return tracker.Peer(kind="webhook", at=f"http://127.0.0.1:{receiver.server_address[1]}/hooks/liaison/", key=key, project="shop", deadline_ms=20000)


@pytest.fixture
def peer(receiver):
    with new_peer(receiver) as peer:
        yield peer


def refused(ask, *arguments, **options):
    with pytest.raises(tracker.Refused) as refusal:
        ask(*arguments, **options)
    return refusal.value


def test_probe(peer, receiver):
    assert peer.ask("probe") == "shop"
    assert [body["type"] for _, body in receiver.heard.values()] == ["ping"]


def test_create_with_file(peer, receiver):
    marker, issue = peer.file("Zażółć")
    path, body = receiver.heard[marker]
    assert (path, body["type"], body["data"]["title"], body["data"]["project"]) == ("/hooks/liaison/", "issue.created", "Zażółć", "shop")
    assert peer.ask("attach", key=marker, files=[{"name": "a.txt", "text": "what was seen"}])
    [files] = [body["data"]["files"] for _, body in receiver.heard.values() if body["type"] == "issue.files"]
    assert base64.b64decode(files[0]["base64"]) == b"what was seen"
    assert issue["key"] == body["data"]["id"] == marker


def test_wrong_key(receiver):
    with new_peer(receiver, key="whsec_" + base64.b64encode(b"another one").decode()) as peer:
        refusal = refused(peer.ask, "probe")
    assert refusal.code == "auth" and "The signature is wrong" in refusal.message and not receiver.heard


@pytest.mark.parametrize("status,code", [(400, "invalid"), (403, "permission"), (404, "not-found"), (410, "gone"), (422, "invalid"), (301, "moved"), (500, "unknown-outcome"), (503, "unknown-outcome")])
def test_refusals(peer, receiver, status, code):
    receiver.answers.append((status, {"Location": "http://127.0.0.1:1/"} if status == 301 else {}, b""))
    refusal = refused(peer.file)
    assert refusal.code == code and KEY not in refusal.message and receiver.count == 1


def test_slow_down(peer, receiver):
    receiver.answers.append((429, {"Retry-After": "30"}, b""))
    assert refused(peer.file).code == "rate"
    assert refused(peer.ask, "probe").code == "rate" and receiver.count == 1


def test_lost_reply(peer, receiver):
    """It is told once more, with the same number."""
    receiver.answers.append("drop")
    marker = peer.ask("marker")
    assert refused(peer.file, marker=marker).code == "unknown-outcome"
    assert peer.file(marker=marker, since=1)[1]["key"] == marker
    assert receiver.count == 2 and len(receiver.heard) == 1


def test_summary(peer, receiver):
    for customers in (2, 7, 7):
        peer.ask("summary", key="liaison-x", marker="liaison-x-customers", text=f"{customers} customers")
    assert [body["data"]["text"] for _, body in receiver.heard.values()] == ["2 customers", "7 customers"]


def test_retract_and_file(peer, receiver):
    peer.ask("retract", key="liaison-x", title="Withdrawn", text="Withdrawn.")
    for _ in range(2):
        peer.ask("attach", key="liaison-x", files=[{"name": "a.txt", "text": "x"}])
    assert [body["type"] for _, body in receiver.heard.values()] == ["issue.retracted", "issue.files"]


def test_nobody_can_be_asked(peer, receiver):
    assert peer.ask("find", marker="liaison-x", since=1) is None
    assert peer.ask("read", key="liaison-x", validator="") is None
    assert peer.ask("search", text="voucher") == peer.ask("changes", cursor=None) == []
    assert receiver.count == 0
