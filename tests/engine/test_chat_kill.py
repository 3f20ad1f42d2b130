# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the engine with fifty chats in which both sides write: each message is there once, in its order, and both sides go on.

LIAISON_KILL_ROUNDS: how often; default 2. LIAISON_KILL_SEED: other random moments.
"""

import asyncio
import contextlib
import http.client
import json
import os
import random
import threading
import time
import uuid

import liaison
import pytest
import webchat
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

import proxies
from webchat import ORIGIN, Visitor

VISITORS = 50
ROUNDS = int(os.environ.get("LIAISON_KILL_ROUNDS", "2"))
SEED = int(os.environ.get("LIAISON_KILL_SEED", "1"))
ROUNDS_OF_A_STORE = 10
PATIENCE_S = 60


class Chatter:
    """A visitor who goes on writing, with an outbox and a number from which she goes on, as the widget does."""

    def __init__(self, address, number):
        self.number = number
        self.headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        self.visitor = Visitor(address, headers=self.headers, name=f"Visitor {number}")
        self.said, self.outbox, self.events = [], [], []
        self.last_hello = 0.0

    def say(self):
        self.said.append(f"{self.number}: message {len(self.said)}")
        self.outbox.append({"t": "send", "cid": str(uuid.uuid4()), "body": self.said[-1]})

    async def live(self, over):
        host, port = self.visitor.address
        while not over.is_set():
            with contextlib.suppress(OSError, WebSocketException, TimeoutError, EOFError):
                async with connect(f"ws://{host}:{port}/chat/v1/socket", origin=ORIGIN, compression=None, ping_interval=None, close_timeout=1,
                                   additional_headers=self.headers) as socket:
                    await self.talk(socket, over)
            await asyncio.sleep(random.uniform(0.02, 0.1))

    async def talk(self, socket, over):
        await socket.send(json.dumps({"t": "hello", "token": self.visitor.token, "since": len(self.events)}))
        sent = None
        greeted = False
        while not over.is_set():
            if greeted and self.outbox and sent is not self.outbox[0]:
                sent = self.outbox[0]
                await socket.send(json.dumps(sent))
            try:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 0.2))
            except TimeoutError:
                continue
            if frame["t"] == "hello":
                greeted, self.last_hello = True, time.monotonic()
            elif frame["t"] == "ack" and self.outbox and frame["cid"] == self.outbox[0]["cid"]:
                self.outbox.pop(0)
            elif frame["t"] == "err":
                await asyncio.sleep(1)  # she writes faster than a person may
                sent = None
            elif frame["t"] == "events":
                for event in frame["events"]:
                    assert event["seq"] == len(self.events) + 1, "a gap, or one twice"
                    self.events.append(event)


class Desk(threading.Thread):
    """An agent who answers everybody; an answer whose fate is not known is given again, under its key."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.over, self.answers = client, False, {}

    def ask(self, action):
        while True:
            try:
                return action()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)

    def run(self):
        while not self.over:
            for row in self.ask(lambda: self.client.get("/v1/views/all/rows?limit=200"))["rows"]:
                if row["state"] == "open" and not self.over:
                    answers = self.answers.setdefault(row["id"], [])
                    answers.append(f"answer {len(answers)}")
                    key = str(uuid.uuid4())
                    self.ask(lambda: self.client.command("message.send", {"mode": "chat", "body": answers[-1]}, key=key, conv=row["id"]))
            time.sleep(0.05)


class Visitors(threading.Thread):
    def __init__(self, chatters):
        super().__init__(daemon=True)
        self.chatters, self.loop, self.failure = chatters, asyncio.new_event_loop(), None
        self.over = asyncio.Event()

    def run(self):
        async def everybody():
            await asyncio.gather(*(chatter.live(self.over) for chatter in self.chatters))

        try:
            self.loop.run_until_complete(everybody())
        except BaseException as failure:
            self.failure = failure

    def stop(self):
        self.loop.call_soon_threadsafe(self.over.set)
        self.join(PATIENCE_S)
        assert self.failure is None, self.failure


def until(condition):
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("done", range(0, ROUNDS, ROUNDS_OF_A_STORE))
def test_fifty_chats(make_engine, done):
    chance = random.Random(SEED + done)
    port = proxies.free_port()
    engine = make_engine(extra=["--chat", f"127.0.0.1:{port}", "--chat-proxy", "127.0.0.1"])
    address = webchat.start(engine)
    engine.sign_in()
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [ORIGIN]})
    chatters = [webchat.wait_until_taken(lambda: Chatter(address, number)) for number in range(VISITORS)]
    visitors, desk = Visitors(chatters), Desk(engine.client)
    visitors.start()
    desk.start()
    resumed = []
    for _ in range(min(ROUNDS - done, ROUNDS_OF_A_STORE)):
        for chatter in chatters:
            chatter.say()
        time.sleep(chance.uniform(0.05, 1.0))
        engine.kill()
        for chatter in chance.sample(chatters, VISITORS // 2):
            chatter.say()
        down = time.monotonic()  # some are back before the engine has said that it is there
        engine.start()
        assert webchat.start(engine) == address
        started = time.monotonic()
        until(lambda: all(chatter.last_hello > down for chatter in chatters))
        resumed.append(time.monotonic() - started)
    until(lambda: not any(chatter.outbox for chatter in chatters))
    until(lambda: len(desk.answers) == VISITORS)
    desk.over = True
    desk.join(PATIENCE_S)
    until(lambda: sum(len(chatter.events) for chatter in chatters) == sum(map(len, desk.answers.values())) + sum(len(chatter.said) for chatter in chatters))
    visitors.stop()

    rows = engine.client.get("/v1/views/all/rows?limit=200")["rows"]
    assert len(rows) == VISITORS
    for row in rows:
        chatter = chatters[int(row["customer"]["name"].split()[1])]
        timeline = [entry for entry in engine.client.get(f"/v1/conversations/{row['id']}?limit=200")["timeline"] if entry["kind"] == "chat"]
        assert [entry["text"] for entry in timeline if entry["dir"] == "in"] == chatter.said
        assert [entry["text"] for entry in timeline if entry["dir"] == "out"] == desk.answers[row["id"]]
        assert [event["body"] for event in chatter.events] == [entry["text"] for entry in timeline]
    print(f"both sides went on after {min(resumed):.2f} … {max(resumed):.2f} s")
    assert max(resumed) <= (20 if liaison.SANITIZED else 10)
