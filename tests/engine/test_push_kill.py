# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of a real Redmine that get lost, and kill -9 of the engine, while an agent captures and files: each finding is kept, and is one issue.

LIAISON_LOST_REPLIES: how many answers are lost; default 30. LIAISON_KILL_ROUNDS: how often the engine is killed; default 8. LIAISON_KILL_SEED: other
random moments.
"""

import collections
import http.client
import os
import random
import sqlite3
import threading
import time
import uuid

import pytest

import tracker
from filing import ledger, preview, set_up, upload, wait_until

LOST = int(os.environ.get("LIAISON_LOST_REPLIES", "30"))
ROUNDS = int(os.environ.get("LIAISON_KILL_ROUNDS", "8"))
SEED = int(os.environ.get("LIAISON_KILL_SEED", "1"))
LOST_AT_ONCE, ROUNDS_OF_A_STORE = 200, 25
AHEAD = 10  # findings that wait
PATIENCE_S = 900

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


class LossyLine(tracker.BadLine):
    """Loses the answers to what changes something, and some to what looks for it: up to `most`."""

    def __init__(self, chance, most):
        super().__init__()
        self.chance, self.most, self.lost = chance, most, collections.Counter()

    def take_fault(self, method, path, headers, body):
        fault = super().take_fault(method, path, headers, body)
        share = 0.6 if method != "GET" else 0.03 if "description=~" in path else 0
        with self.lock:
            if sum(self.lost.values()) < self.most and self.chance.random() < share:
                self.lost[f"{method} {path.split('.json')[0].rstrip('0123456789')}"] += 1
                return "drop"
        return fault


class Agent(threading.Thread):
    """Captures and files, one finding after the other. What has no answer is asked again, under its key."""

    def __init__(self, client, to):
        super().__init__(daemon=True)
        self.client, self.to, self.over = client, to, threading.Event()
        self.blob = upload(client, b"what was seen", "text/plain")
        self.captured, self.pushed, self.failure = [], {}, None

    def ask(self, action):
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                return action()
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < end
                time.sleep(0.02)

    def command(self, name, d, **frame):
        key = str(uuid.uuid4())
        return self.ask(lambda: self.client.command(name, d, key=key, **frame))["d"]

    def file_one(self, conversation):
        d = {"kind": "bug", "title": f"The total of order {len(self.captured)} is wrong", "text": "It is not what we agreed"}
        finding = self.command("finding.capture", d, conv=conversation)["finding"]
        self.captured.append(finding)
        files = [{"blob": self.blob, "name": "seen.txt"}] if len(self.captured) % 4 == 0 else []
        shown = self.ask(lambda: preview(self.client, finding, self.to, files=files))
        d = {name: shown[name] for name in ("title", "source", "marker", "keep", "hide", "files", "hash")}
        self.command("finding.push", {"finding": finding, "tracker": self.to, **d})
        self.pushed[finding] = (shown["marker"], [file["name"] for file in files])

    def state_of(self, finding):
        return self.ask(lambda: ledger(self.client, finding))[0]["state"]

    def run(self):
        try:
            key = str(uuid.uuid4())
            d = {"customer": {"name": "Ann Lee", "address": "ann@example.com"}, "subject": "Totals"}
            conversation = self.ask(lambda: self.client.command("conversation.create", d, key=key))["d"]["conversation"]
            while not self.over.is_set():
                self.file_one(conversation)
                while len(self.captured) >= AHEAD and self.state_of(self.captured[-AHEAD]) == "queued" and not self.over.wait(0.1):
                    """The tracker is slower than she is."""
        except BaseException as failure:
            self.failure = failure

    def stop(self):
        self.over.set()
        self.join(PATIENCE_S)
        assert self.failure is None and not self.is_alive(), self.failure


def count(engine, table):
    with sqlite3.connect(engine.data / "liaison.db") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def check(engine, agent):
    """What was captured is there, and is one issue each, with its files; and nothing else is."""
    client = engine.client
    left = list(agent.captured)

    def all_filed():
        left[:] = [finding for finding in left if ledger(client, finding)[0]["state"] != "filed"]
        return not left

    wait_until(all_filed, PATIENCE_S)
    assert set(agent.captured) == set(agent.pushed) and len(set(agent.captured)) == len(agent.captured)
    assert [count(engine, table) for table in ("finding", "quote", "push", "issue")] == [len(agent.captured)] * 4
    for finding, (marker, files) in agent.pushed.items():
        there = tracker.with_marker(marker)
        assert len(there) == 1, (finding, marker, there)
        assert [issue["key"] for issue in client.get(f"/v1/findings/{finding}")["finding"]["issues"]] == [str(there[0]["id"])]
        if files:
            attached = tracker.redmine("GET", f"/issues/{there[0]['id']}.json?include=attachments")["issue"]["attachments"]
            assert [file["filename"] for file in attached] == files
    return len(agent.captured)


@pytest.mark.parametrize("done", range(0, LOST, LOST_AT_ONCE))
def test_lost_replies(make_engine, done):
    most = min(LOST - done, LOST_AT_ONCE)
    with LossyLine(random.Random(SEED + done), most) as line:
        engine = make_engine()
        engine.sign_in()
        agent = Agent(engine.client, set_up(engine.client, at=line.url))
        agent.start()
        wait_until(lambda: agent.failure or sum(line.lost.values()) >= most or len(agent.captured) >= 5 * most, PATIENCE_S)
        agent.stop()
        issues = check(engine, agent)
        assert sum(line.lost.values()) == most
    print(f"\n{done + most} of {LOST} answers lost ({dict(line.lost)}): {issues} findings, {issues} issues", flush=True)


@pytest.mark.parametrize("done", range(0, ROUNDS, ROUNDS_OF_A_STORE))
def test_killed(make_engine, done):
    chance = random.Random(SEED + done)
    rounds = min(ROUNDS - done, ROUNDS_OF_A_STORE)
    with LossyLine(random.Random(SEED + done), rounds) as line:
        engine = make_engine()
        engine.sign_in()
        agent = Agent(engine.client, set_up(engine.client, at=line.url))
        agent.start()
        for _ in range(rounds):
            wait_until(lambda seen=len(line.seen): agent.failure or len(line.seen) > seen, PATIENCE_S)
            time.sleep(chance.uniform(0, 0.5))
            engine.kill()
            engine.start()
        agent.stop()
        issues = check(engine, agent)
    print(f"\n{done + rounds} of {ROUNDS} kills, {sum(line.lost.values())} answers lost: {issues} findings, {issues} issues", flush=True)
