# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the engine while mail comes in and answers go out: nothing is lost, nothing is there twice.

LIAISON_KILL_ROUNDS: how often (12 in the tests). Each round sends answers and delivers mail, and ends by a crash at a named place or at random.
"""

import os
import random
import sqlite3
import threading
import time
import uuid

import pytest

import liaison
import mailstack
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not mailstack.running(), reason="the mail servers are not running: ./dev stack up")

ROUNDS = int(os.environ.get("LIAISON_KILL_ROUNDS", "12"))
USER = "agent2"
POINTS = ["outbox-claimed", "smtp-after-body", "smtp-before-dot", "smtp-after-dot", "smtp-after-reply", "outbox-finished", "outbox-copied", None]
SENT = ("sent", "unconfirmed")


def until(condition, timeout=PATIENCE_S):
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.1)


def all_rows(client):
    rows, after = [], ""
    while True:
        page = client.get(f"/v1/views/all/rows?limit=200{after}")
        rows += page["rows"]
        if not page["next"]:
            return rows
        after = f"&after={page['next']}"


class Round:
    def __init__(self, engine, point):
        self.engine = engine
        self.client = engine.client
        self.point = point
        self.delivered = []
        self.answered = []

    def deliver(self):
        for _ in range(4):
            subject = f"In {uuid.uuid4().hex}"
            mailstack.deliver(mailstack.new_message(subject), f"{USER}@example.test")
            self.delivered.append(subject)

    def answer(self):
        """Commands carry their key: one whose answer was lost is sent again later, and does what it did."""
        for _ in range(3):
            subject = f"Out {uuid.uuid4().hex}"
            create = ("conversation.create", {"customer": {"name": "", "address": "customer@example.test"}, "subject": subject}, str(uuid.uuid4()), {})
            self.answered.append([subject, create, str(uuid.uuid4())])
            self.send(self.answered[-1])

    def send(self, item):
        subject, (name, d, key, frame), send_key = item
        try:
            conversation = self.client.command(name, d, key=key, **frame)["d"]["conversation"]
            self.client.command("message.send", {"mode": "email", "reply": "new", "body": f"about {subject}", "subject": subject,
                                                 "to": [{"name": "", "address": "customer@example.test"}]}, key=send_key, conv=conversation)
        except (OSError, liaison.http.client.HTTPException):
            return False
        return True


def run_round(engine, point, generator):
    engine.env = {"LIAISON_CRASH_AT": point} if point else {}
    engine.start()
    round_ = Round(engine, point)
    workers = [threading.Thread(target=round_.deliver), threading.Thread(target=round_.answer)]
    for worker in workers:
        worker.start()
    try:
        engine.process.wait(generator.uniform(0.2, 2.5) if point is None else 8)
    except liaison.subprocess.TimeoutExpired:
        pass
    if engine.process.poll() is None:
        engine.process.kill()
    engine.process.wait()
    engine.process = None
    return round_, workers


def test_kill(make_engine):
    with mailstack.Mailbox(USER) as mailbox:
        mailbox.clear()
    engine = make_engine()
    client = engine.sign_in()
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    client.command("channel.add", mailstack.channel(user=USER))
    assert until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")
    engine.stop()
    generator = random.Random(7)
    rounds = []
    for number in range(ROUNDS):
        round_, workers = run_round(engine, POINTS[number % len(POINTS)], generator)
        engine.env = {}
        engine.start()  # requests that wait in the socket's backlog are answered by the next engine
        for worker in workers:
            worker.join(60)
            assert not worker.is_alive()
        engine.kill()
        rounds.append(round_)

    engine.start()
    for round_ in rounds:
        for item in round_.answered:
            assert round_.send(item)
    delivered = {subject for round_ in rounds for subject in round_.delivered}
    answered = {item[0] for round_ in rounds for item in round_.answered}
    assert until(lambda: {row["subject"] for row in all_rows(client)} >= delivered | answered), "mail was lost"
    assert until(lambda: not [row for row in all_rows(client) if row["sending"] in ("queued", "sending", "deferred")]), "an answer did not go out"

    subjects = [row["subject"] for row in all_rows(client)]
    assert len(subjects) == len(set(subjects)), "something is there twice"
    unconfirmed = {row["subject"] for row in all_rows(client) if row["sending"] == "unconfirmed"}
    assert not [row for row in all_rows(client) if row["sending"] not in ("", "unconfirmed")]

    with mailstack.Mailbox("customer") as customer:
        counts = {}
        for subject in answered:
            found = customer.wait_for(subject, timeout=0 if subject in unconfirmed else PATIENCE_S)
            counts[subject] = len(found)
    assert not [subject for subject, count in counts.items() if count > 1], "an answer arrived twice"
    assert not [subject for subject, count in counts.items() if count == 0 and subject not in unconfirmed], "an answer is lost"
    for row in all_rows(client):
        timeline = client.get(f"/v1/conversations/{row['id']}")["timeline"]
        assert len([entry for entry in timeline if entry["kind"] == "email"]) == 1, timeline
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    print(f"{ROUNDS} kills, {len(delivered)} in, {len(answered)} out, {len(unconfirmed)} unconfirmed")
