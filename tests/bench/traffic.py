#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A colleague at work beside the window that is measured (window-bench.c starts it).

usage: traffic.py SOCKET notes RATE SECONDS CONVERSATION     notes in one conversation
       traffic.py SOCKET moves RATE SECONDS VIEW             closes and reopens what stands at the top of a view
"""

import json
import pathlib
import random
import sys
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))

import liaison  # noqa: E402

TOP = 12  # rows that are in view


class Colleague:
    def __init__(self, path):
        self.client = liaison.Client(path=path)
        self.client.sign_in()
        self.connection = self.client.connection()
        self.closed = []

    def command(self, name, conversation, **d):
        body = json.dumps({"key": str(uuid.uuid4()), "k": name, "conv": conversation, "d": d})
        self.connection.request("POST", "/v1/commands", body, {"Authorization": f"Bearer {self.client.token}", "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content

    def notes(self, conversation):
        self.command("note.add", conversation, body="She called: the parcel has come, and one box of three is missing. " * random.randint(1, 4))

    def moves(self, view):
        if len(self.closed) >= TOP:
            self.command("conversation.reopen", self.closed.pop(random.randrange(TOP)))
            return
        rows = self.client.get(f"/v1/views/{view}/rows?limit={2 * TOP}")["rows"]
        for row in rows[:TOP - len(self.closed)]:
            self.command("conversation.close", row["id"])
            self.closed.append(row["id"])


def main():
    _, path, what, rate, seconds, where = sys.argv
    colleague = Colleague(path)
    work = getattr(colleague, what)
    start = time.monotonic()
    for i in range(int(float(rate) * float(seconds))):
        work(where)
        time.sleep(max(0, start + (i + 1) / float(rate) - time.monotonic()))


if __name__ == "__main__":
    main()
