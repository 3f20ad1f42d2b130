# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Redmine of tests/stack as its people see it, Liaison's side of any tracker without the engine (tests/engine/tracker-peer), and a bad line between them."""

import http.client
import http.server
import json
import os
import subprocess
import threading
import urllib.parse

import mailstack
from patience import PATIENCE_S

PROGRAM = os.environ.get("LIAISON_TRACKER_PEER", "_dev/build/tests/engine/tracker-peer")
LIAISON, ENGINEER, STRANGER = "1" * 40, "2" * 40, "3" * 40


def running():
    return mailstack.running() and "REDMINE" in mailstack.ports()


def url():
    return f"http://127.0.0.1:{mailstack.ports()['REDMINE']}"


def redmine(method, path, body=None, key=ENGINEER):
    """As an engineer's program does. What comes back, or None for an empty answer."""
    connection = http.client.HTTPConnection("127.0.0.1", mailstack.ports()["REDMINE"], timeout=PATIENCE_S)
    connection.request(method, path, json.dumps(body) if body is not None else None, {"X-Redmine-API-Key": key, "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status < 300, (answer.status, text)
    return json.loads(text) if text.strip() else None


def with_marker(marker):
    """The issues that hold it, asked of Redmine itself."""
    words = urllib.parse.quote(marker)
    return redmine("GET", f"/issues.json?status_id=*&limit=100&description=~{words}")["issues"]


class Refused(Exception):
    def __init__(self, answer):
        super().__init__(f"{answer['error']}: {answer['message']}")
        self.code, self.message, self.until = answer["error"], answer["message"], answer["until"]


class Peer:
    def __init__(self, key=LIAISON, project="shop", at=None, kind="redmine", dialect="gfm", **options):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.tell(kind=kind, dialect=dialect, url=at or url(), **{"project": project, "key": key, "type": "", "login": "", **options})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.stdin.close()
            assert self.process.wait(PATIENCE_S) == 0
        self.process.stdout.close()

    def tell(self, **line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def whole(self, what, **line):
        self.tell(do=what, **line)
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise Refused(answer)
        return answer

    def ask(self, what, **line):
        return self.whole(what, **line)["ok"]

    def file(self, title="The total is wrong", marker=None, since=0, **line):
        marker = marker or self.ask("marker")
        return marker, self.ask("file", marker=marker, title=title, text=f"It is.\n\nRef: {marker}", since=since, **line)

    def kill(self):
        self.process.kill()
        self.process.wait()


def violations(headers):
    """What Prism has found wrong with a request, in the header of its answer."""
    found = [violation for name, value in headers if name.lower() == "sl-violations" for violation in json.loads(value)]
    return [violation for violation in found if violation["location"][0] == "request"]


class BadLine(http.server.ThreadingHTTPServer):
    """A proxy before a tracker. `faults` are used up one a request whose method and path they fit: (method, path, what). What: a status with headers is
    said without asking the tracker; "drop" asks, and closes without a word; "hold" asks, and says nothing until the proxy ends; a function asks, and
    makes another answer of the answer's status, headers and text. `tidy` is such a function for every answer, `below` a beginning of paths that the
    tracker is not asked with."""

    daemon_threads = True

    def __init__(self, to="REDMINE", tidy=None, below=""):
        super().__init__(("127.0.0.1", 0), Line)
        self.to, self.tidy, self.below = mailstack.ports()[to], tidy or (lambda *answer: answer), below
        self.faults, self.seen, self.headers, self.bodies, self.violations = [], [], [], [], []
        self.held, self.over = threading.Event(), threading.Event()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_):
        self.over.set()
        self.shutdown()
        self.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def take_fault(self, method, path, headers, body):
        with self.lock:
            self.seen.append((method, path))
            self.headers.append(headers)
            self.bodies.append(body)
            for fault in self.faults:
                if fault[0] == method and path.startswith(fault[1]):
                    self.faults.remove(fault)
                    return fault[2]
        return None

    def handle_error(self, *_):
        """Who asks may have gone."""


class Line(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Not to the tests' output."""

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.server.take_fault(self.command, self.path, self.headers, body)
        if isinstance(fault, int):
            fault = (fault, {})
        if isinstance(fault, tuple):
            self.say(fault[0], fault[1], b'{"errors":["The line is bad"]}')
            return
        answer = self.server.tidy(*self.ask(body))
        if fault == "hold":
            self.server.held.set()
            self.server.over.wait()
        elif fault != "drop":
            self.say(*(fault(*answer) if fault else answer))

    def ask(self, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.to, timeout=PATIENCE_S)
        connection.request(self.command, self.path.removeprefix(self.server.below), body or None, {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        self.server.violations += [(self.command, self.path, found) for found in violations(answer.getheaders())]
        return answer.status, {k: v for k, v in answer.getheaders() if k.lower() in ("etag", "content-type")}, text

    def say(self, status, headers, text):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text if status not in (204, 304) else b"")

    do_GET = do_POST = do_PUT = do_PATCH = relay
