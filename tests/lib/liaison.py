# SPDX-License-Identifier: GPL-3.0-or-later
"""A small client of the engine, and the engine itself as a process: for tests, benches and demos. Standard library and websockets only."""

import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time
import uuid

from websockets.sync.client import connect as websocket_connect
from websockets.sync.client import unix_connect as websocket_unix_connect

from patience import PATIENCE_S

ENGINE = os.environ.get("LIAISON_ENGINE", "_dev/build/src/engine/liaisond")
SANITIZED = "LIAISON_SANITIZED" in os.environ  # it uses memory of its own, and says so on standard error


def run(*arguments, timeout=PATIENCE_S):
    """The engine until it ends by itself: its status and what it said on standard error."""
    done = subprocess.run([ENGINE, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)
    return done.returncode, "".join(line for line in done.stderr.splitlines(True) if not line.startswith("=="))


class Problem(Exception):
    """An answer that is no success: RFC 9457."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    @property
    def kind(self):
        return self.body.get("type", "").removeprefix("urn:liaison:problem:")


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout=PATIENCE_S):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Client:
    """Speaks HTTP over a unix socket (`path`) or to `address` (host, port)."""

    def __init__(self, path=None, address=None, secret=None):
        self.path = path
        self.address = address
        self.secret = secret
        self.token = None

    def connection(self, timeout=PATIENCE_S):
        return UnixConnection(self.path, timeout) if self.path else http.client.HTTPConnection(*self.address, timeout=timeout)

    def raw(self, method, path, body=None, headers=None):
        """The whole answer: status, headers, bytes."""
        headers = dict(headers or {})
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        connection = self.connection()
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def call(self, method, path, body=None):
        headers = {}
        if body is not None:
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        status, answer_headers, content = self.raw(method, path, body, headers)
        kind = answer_headers.get_content_type()
        if status >= 400:
            assert kind == "application/problem+json", (status, kind, content)
            raise Problem(status, json.loads(content))
        return json.loads(content) if kind == "application/json" and content else content

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, body)

    def sign_in(self):
        body = {"secret": self.secret} if self.secret else {}
        answer = self.post("/v1/auth/local", body)
        self.token = answer["token"]
        return answer

    def command(self, name, d=None, key=None, **frame):
        """Gives the whole answer; `conv`, `ver`, `seen`, `force` as keywords."""
        return self.post("/v1/commands", {"key": key or str(uuid.uuid4()), "k": name, "d": d or {}, **frame})

    def new_conversation(self, address="ann@example.com", subject="Invoice", name="Ann Lee"):
        d = {"customer": {"name": name, "address": address}, "subject": subject}
        return self.command("conversation.create", d)["d"]["conversation"]

    def note(self, conversation, body="A note", **frame):
        return self.command("note.add", {"body": body}, conv=conversation, **frame)

    def stream(self, **hello):
        return Stream(self, **hello)


class Stream:
    """A WebSocket. Pings are answered while frames are read. Events come one a frame, whether the engine has sent several at once or not."""

    def __init__(self, client, hello=True, token=None, **fields):
        self.events_left = []
        headers = {"Authorization": f"Bearer {token or client.token}"}
        options = dict(additional_headers=headers, subprotocols=["liaison.v1"], max_size=None, compression=None, ping_interval=None,
                       open_timeout=PATIENCE_S, close_timeout=2, user_agent_header=None)
        if client.path:
            self.socket = websocket_unix_connect(client.path, uri="ws://localhost/v1/stream", **options)
        else:
            plain = socket.create_connection(client.address)
            self.socket = websocket_connect("ws://localhost/v1/stream", sock=plain, **options)
        if hello:
            self.send({"t": "hello", "v": 1, "client": "tests", **fields})
            self.welcome = self.receive()

    def send(self, frame):
        self.socket.send(json.dumps(frame))

    def receive(self, timeout=PATIENCE_S):
        while not self.events_left:
            text = self.socket.recv(timeout=timeout)
            assert len(text.encode()) <= 1024 * 1024
            frame = json.loads(text)
            if frame["t"] == "ping":
                self.send({"t": "pong"})
            elif frame["t"] == "evs":
                self.events_left = [{"t": "ev", **event} for event in frame["evs"]]
            else:
                return frame
        return self.events_left.pop(0)

    def wait_for(self, condition, timeout=PATIENCE_S):
        """The first frame for which condition(frame) is true; others are dropped."""
        end = time.monotonic() + timeout
        while True:
            frame = self.receive(max(0.01, end - time.monotonic()))
            if condition(frame):
                return frame

    def events(self, timeout=PATIENCE_S):
        """Events one by one, whatever else comes."""
        while True:
            frame = self.receive(timeout)
            if frame["t"] == "ev":
                yield frame

    def events_until(self, seq, timeout=PATIENCE_S):
        """All events up to a number that is known to be a public one."""
        found = []
        for event in self.events(timeout):
            found.append(event)
            if event["seq"] >= seq:
                return found

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Engine:
    """liaisond as the app starts it: a listening socket is made here and passed; a request waits in its backlog while the engine is away."""

    def __init__(self, directory, listen=None, extra=(), env=None, credentials=True):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.data = self.directory / "data"
        self.credentials = self.directory / "credentials.json" if credentials else None  # None = the system's password store
        self.listen = listen
        self.extra = list(extra)
        self.env = env or {}
        self.process = None
        self.lines = []
        self.client = None
        if listen is None:
            self.path = str(self.directory / "s")
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.bind(self.path)
            self.socket.listen(512)

    def arguments(self):
        arguments = [ENGINE, "--data", str(self.data)]
        if self.credentials:
            arguments += ["--credentials-file", str(self.credentials)]
        return arguments + (["--listen", self.listen] if self.listen else []) + self.extra

    def start(self):
        env = {**os.environ, **self.env}
        options = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.listen is None:
            env["LIAISON_LISTEN_FD"] = str(self.socket.fileno())
            options["pass_fds"] = [self.socket.fileno()]
        self.process = subprocess.Popen(self.arguments(), env=env, **options)
        if self.listen is None:
            self.client = self.client or Client(path=self.path)
        else:
            self.read_address()
        threading.Thread(target=self.read_errors, args=[self.process], daemon=True).start()
        return self

    def read_address(self):
        first = self.process.stdout.readline().strip()
        second = self.process.stdout.readline().strip()
        assert first.startswith("listening on http://") and second.startswith("secret "), (first, second, self.process.stderr.read())
        host, port = first.removeprefix("listening on http://").rsplit(":", 1)
        self.client = Client(address=(host.strip("[]"), int(port)), secret=second.split()[1])

    def read_errors(self, process):
        for line in process.stderr:
            self.lines.append(line.rstrip())

    def sign_in(self):
        self.client.sign_in()
        return self.client

    def stop(self):
        """As the app ends it; gives its status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE_S)
        self.process.stdout.close()
        self.process = None
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def memory_kb(self):
        """What is its own; the store's file is mapped and does not count."""
        if SANITIZED:
            return 0
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1])
