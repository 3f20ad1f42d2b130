# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of a Forgejo as the window needs to be looked at: one repository, its issues in memory. What it answers is proved elsewhere, against Forgejo's own
description (test_tracker_forgejo.py)."""

import http.server
import json
import re
import threading
import time
import urllib.parse

KEY = "forge-key"


class Forge(http.server.ThreadingHTTPServer):
    """`answers` are given instead of what a POST would do, one each: a status, or a status with headers."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.issues, self.comments, self.files, self.answers, self.lock = [], [], [], [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        """Who asks may have gone."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def add(self, title, body="", state="open"):
        with self.lock:
            number = len(self.issues) + 1
            self.issues.append({"number": number, "title": title, "body": body, "state": state, "html_url": f"{self.url}/shop/web/issues/{number}",
                                "assignee": None, "milestone": None, "updated_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())})
            return self.issues[-1]


    def comment(self, number, login, body):
        """Below an issue, as somebody of that login writes it."""
        with self.lock:
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.comments.append({"id": len(self.comments) + 1, "issue": number, "body": body, "user": {"login": login}, "created_at": now})
            self.issues[number - 1]["updated_at"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + len(self.comments)))  # never as before
            return self.comments[-1]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Not to the tests' output."""

    def say(self, status, value=None, headers=()):
        text = json.dumps(value if value is not None else {"message": "no"}).encode()
        self.send_response(status)
        for name, content in headers:
            self.send_header(name, content)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def search(self, words):
        wanted = set(re.findall(r"\w{4,}", words.lower()))
        return [issue for issue in self.server.issues if not words or wanted & set(re.findall(r"\w{4,}", issue["title"].lower()))]

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(path.query)
        if self.headers["Authorization"] != f"token {KEY}":
            self.say(401, {"message": "invalid username, password or token"})
        elif path.path == "/api/v1/user":
            self.say(200, {"login": "liaison"})
        elif path.path == "/api/v1/repos/shop/web":
            self.say(200, {"full_name": "shop/web", "has_issues": True})
        elif path.path == "/api/v1/repos/shop/web/issues":
            self.say(200, self.search(query.get("q", [""])[0]) if query.get("page", ["1"]) == ["1"] else [])
        elif (number := re.fullmatch(r"/api/v1/repos/shop/web/issues/(\d+)", path.path)) and int(number[1]) <= len(self.server.issues):
            self.say(200, self.server.issues[int(number[1]) - 1])
        elif (number := re.fullmatch(r"/api/v1/repos/shop/web/issues/(\d+)/comments", path.path)):
            self.say(200, [comment for comment in self.server.comments if comment["issue"] == int(number[1])] if query.get("page", ["1"]) == ["1"] else [])
        elif re.fullmatch(r"/api/v1/repos/shop/web/issues/\d+/assets", path.path):
            self.say(200, self.server.files)
        else:
            self.say(404, {"message": "The target couldn't be found."})

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(content) if self.headers["Content-Type"].startswith("application/json") else None
        answer = self.server.answers.pop(0) if self.server.answers else None
        if answer is not None:
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            self.say(status, {"message": "The line is bad"}, headers.items())
        elif body is None and (name := re.search(rb'filename="([^"]*)"', content)):
            self.server.files.append({"name": name[1].decode(), "size": len(content)})
            self.say(201, self.server.files[-1])
        elif self.path == "/api/v1/repos/shop/web/issues":
            self.say(201, self.server.add(body["title"], body["body"]))
        elif (number := re.fullmatch(r"/api/v1/repos/shop/web/issues/(\d+)/comments", self.path)):
            self.say(201, self.server.comment(int(number[1]), "liaison", body["body"]))
        else:
            self.say(404)
