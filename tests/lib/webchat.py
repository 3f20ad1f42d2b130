# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor of a web site with a chat, and an engine that takes chats."""

import base64
import hashlib
import hmac
import http.client
import json
import time
import uuid

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as websocket_connect

import liaison
from patience import PATIENCE_S

ORIGIN = "https://shop.example"


def start(engine):
    """Its address for visitors, as it says by itself."""
    line = engine.process.stdout.readline().strip()
    assert line.startswith("chat on http://"), line
    host, port = line.removeprefix("chat on http://").rsplit(":", 1)
    return host.strip("[]"), int(port)


def wait_until_taken(action, timeout=PATIENCE_S):
    """Sites are read anew behind the answer to the command."""
    end = time.monotonic() + timeout
    while True:
        try:
            return action()
        except liaison.Problem as problem:
            if problem.kind != "forbidden" or time.monotonic() > end:
                raise
            time.sleep(0.02)


def wait_until_true(condition, timeout=PATIENCE_S):
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(claims, secret, **header):
    head = {"alg": "HS256", "typ": "JWT", "kid": "k1", **header}
    text = ".".join(base64url(json.dumps(part).encode()) for part in (head, claims))
    return text + "." + base64url(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


def identity(secret, site="shop", sub="4711", life_s=600, **claims):
    now = int(time.time())
    return jwt({"sub": sub, "aud": site, "iat": now, "exp": now + life_s, "name": "Ann Lee", **claims}, secret)


class Visitor:
    """One browser: its token, and calls without a WebSocket."""

    def __init__(self, address, site="shop", origin=ORIGIN, headers=None, **fields):
        self.address = address
        self.origin = origin
        self.headers = headers or {}
        self.token = None
        self.session = self.call("POST", "/chat/v1/session", {"site": site, **fields})
        self.token = self.session["token"]

    def raw(self, method, path, body=None, headers=None, timeout=PATIENCE_S):
        headers = {"Origin": self.origin, "Content-Type": "application/json" if body is not None else None, **self.headers, **(headers or {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def call(self, method, path, body=None, **options):
        status, _, content = self.raw(method, path, json.dumps(body).encode() if body is not None else None, **options)
        if status >= 400:
            raise liaison.Problem(status, json.loads(content))
        return json.loads(content)

    def post(self, body, cid=None):
        return self.call("POST", "/chat/v1/messages", {"cid": cid or str(uuid.uuid4()), "body": body})

    def events(self, since=0, wait=0):
        return self.call("GET", f"/chat/v1/events?since={since}&wait={wait}")

    def connect(self, since=0, **options):
        return Connection(self, since=since, **options)


class Connection:
    """A visitor's WebSocket. Events are kept until they are asked for: they may come before the ack of what they are of, and after it."""

    def __init__(self, visitor, since=0, hello=True, origin=None, token=None):
        host, port = visitor.address
        self.socket = websocket_connect(f"ws://{host}:{port}/chat/v1/socket", origin=origin or visitor.origin, max_size=None, compression=None,
                                        ping_interval=None, open_timeout=PATIENCE_S, close_timeout=2, user_agent_header=None)
        self.hello = None
        self.kept = []
        if hello:
            self.send({"t": "hello", "token": token or visitor.token, "since": since})
            self.hello = self.wait_for("hello")

    def send(self, frame):
        self.socket.send(json.dumps(frame))

    def say(self, body, cid=None):
        cid = cid or str(uuid.uuid4())
        self.send({"t": "send", "cid": cid, "body": body})
        return cid

    def receive(self, timeout=PATIENCE_S):
        return json.loads(self.socket.recv(timeout=timeout))

    def wait_for(self, *types):
        """The first frame of one of these types; others are dropped, but for events."""
        if "events" in types and self.kept:
            return self.kept.pop(0)
        end = time.monotonic() + PATIENCE_S
        while True:
            frame = self.receive(max(0.01, end - time.monotonic()))
            if frame["t"] in types:
                return frame
            if frame["t"] == "events":
                self.kept.append(frame)

    def state(self, **members):
        """How things stand for her, once they are so."""
        while True:
            frame = self.wait_for("state")
            if all(frame[name] == value for name, value in members.items()):
                return frame

    def ack(self, cid):
        """Waits until it is written; gives its number."""
        while True:
            frame = self.wait_for("ack", "err")
            if frame.get("cid") == cid:
                assert frame["t"] == "ack", frame
                return frame["seq"]

    def events_until(self, last):
        found = []
        while not found or found[-1]["seq"] < last:
            found += self.wait_for("events")["events"]
        return found

    def close_code(self, timeout=PATIENCE_S):
        try:
            while True:
                self.receive(timeout)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None

    def cut(self):
        """Without a word, as a tunnel does."""
        self.socket.socket.close()

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
