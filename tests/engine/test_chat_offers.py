# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting chats are offered to agents: to one at a time, within what she can do, and nothing is stuck whatever breaks."""

import contextlib
import hashlib
import sqlite3
import time

import pytest

import liaison
import webchat
from patience import PATIENCE_S
from webchat import ORIGIN, Visitor, wait_until_taken, wait_until_true

LONG_S = 600  # an offer that nobody waits for
SHORT_S = 2


class Agent:
    """A session, and what its last frame said is offered to it."""

    def __init__(self, client):
        self.client = client
        self.stream = None

    def come(self):
        self.stream = self.client.stream()
        return self

    def go(self):
        self.stream.close()

    def told(self, condition):
        """What was told of offers, once that is so."""
        return self.stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "chat.offer" and condition(frame["d"]))["d"]

    def offered(self, conversation):
        return self.told(lambda d: d["offer"] and d["offer"]["conv"] == conversation)["offer"]

    def relieved(self):
        """Until nothing is offered to her."""
        return self.told(lambda d: not d["offer"])

    def take(self, conversation):
        return self.client.command("chat.take", conv=conversation)

    def decline(self, conversation):
        return self.client.command("chat.decline", conv=conversation)

    def say(self, state):
        return self.client.command("availability.set", {"state": state})

    def close(self, conversation):
        return self.client.command("conversation.close", conv=conversation)


def add_agents(engine, *names):
    """Agents exist only in the database yet, and so do their tokens."""
    clients = []
    engine.stop()
    with contextlib.closing(sqlite3.connect(engine.data / "liaison.db", isolation_level=None)) as database:
        for number, name in enumerate(names, 900001):
            token = f"lia_a_{number}" + "c" * 37
            database.execute("INSERT INTO agent (id, ver, name, address, role, availability) VALUES (?, 1, ?, '', 'agent', 'available')", (number, name))
            database.execute("INSERT INTO token VALUES (?, ?, ?)", (hashlib.sha256(token.encode()).hexdigest(), number, int(time.time() * 1000)))
            clients.append(liaison.Client(path=engine.path))
            clients[-1].token = token
    engine.start()
    engine.chat = webchat.start(engine)
    return [Agent(client) for client in clients]


@pytest.fixture
def shop(make_engine):
    """One site, whose administrator takes no chats, and two agents: Ann, who is asked first, and Ben."""
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.sign_in()
    engine.client.command("availability.set", {"state": "offline"})
    engine.client.command("settings.set", {"settings": {"chat_offer_s": LONG_S}})
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Shop", "origins": [ORIGIN]})
    webchat.start(engine)
    engine.ann, engine.ben = add_agents(engine, "Ann", "Ben")
    wait_until_taken(lambda: Visitor(engine.chat))
    return engine


@contextlib.contextmanager
def asks(engine, body="Is it in stock?", visitor=None):
    """A visitor who is there, and has written: her page, and the conversation."""
    visitor = visitor or Visitor(engine.chat, name="Eve")
    with visitor.connect() as page:
        page.ack(page.say(body))
        wait_until_true(lambda: find(engine, body))
        yield page, find(engine, body)


def find(engine, body):
    return next((row["id"] for row in engine.client.get("/v1/views/all/rows?limit=200")["rows"] if row["snippet"] == body), None)


def assignee(engine, conversation):
    return engine.client.get(f"/v1/conversations/{conversation}")["conversation"]["assignee"]


def test_offered_and_taken(shop):
    ann = shop.ann.come()
    assert ann.relieved() == {"offer": None, "chats": 0, "capacity": 3}
    with asks(shop, visitor=Visitor(shop.chat, name="Eve")) as (_, conversation):
        offer = ann.offered(conversation)
        assert (offer["name"], offer["text"]) == ("Eve", "Is it in stock?") and offer["from"] < offer["until"]
        ben = shop.ben.come()
        assert ben.told(lambda d: True)["offer"] is None, "it is before one agent at a time"
        ann.take(conversation)
        assert ann.told(lambda d: d["chats"] == 1) == {"offer": None, "chats": 1, "capacity": 3}
        assert assignee(shop, conversation) == "a_900001"
        with pytest.raises(liaison.Problem) as conflict:
            ben.take(conversation)
        assert conflict.value.kind == "version-conflict"
        ann.close(conversation)
        ann.told(lambda d: d["chats"] == 0)


def test_an_offer_goes_on_and_comes_back(shop):
    shop.client.command("settings.set", {"settings": {"chat_offer_s": SHORT_S}})
    ann = shop.ann.come()
    with asks(shop) as (_, conversation):
        first = ann.offered(conversation)
        ben = shop.ben.come()
        ben.offered(conversation)
        ann.relieved()
        again = ann.offered(conversation)  # Ben has not taken it either
        assert again["from"] > first["until"]
        ann.decline(conversation)
        ben.offered(conversation)
        ann.relieved()
        ben.take(conversation)
        ben.told(lambda d: d["chats"] == 1)


def test_declined_goes_on_at_once(shop):
    ann, ben = shop.ann.come(), shop.ben.come()
    ben.relieved()
    with asks(shop) as (_, conversation):
        ann.offered(conversation)
        ann.decline(conversation)
        ben.offered(conversation)
        ann.decline(conversation)  # it is hers no more, and stays his
        ben.take(conversation)
        assert assignee(shop, conversation) == "a_900002"


def test_capacity(shop):
    ann = shop.ann.come()
    ann.client.command("chat.capacity", {"chats": 1})
    assert ann.told(lambda d: d["capacity"] == 1)["chats"] == 0
    with asks(shop, "first") as (_, first), asks(shop, "second") as (_, second):
        ann.offered(first)
        ann.take(first)
        ann.told(lambda d: d["chats"] == 1 and not d["offer"])
        ben = shop.ben.come()
        ben.offered(second)
        ben.decline(second)
        ben.relieved()
        ann.close(first)
        ann.offered(second)
        # By hand anybody takes what waits, also above what is offered to them.
        shop.client.command("agent.save", {"agent": "a_900002", "chats": 0})
        ben.told(lambda d: d["capacity"] == 0)
        ben.client.command("conversation.take", conv=second)
        ann.relieved()
        assert assignee(shop, second) == "a_900002"


def test_who_knows_the_customer(shop):
    ann, ben = shop.ann.come(), shop.ben.come()
    ben.relieved()
    eve = Visitor(shop.chat, name="Eve")
    with asks(shop, "one", eve) as (page, conversation):
        ann.offered(conversation)
        ann.decline(conversation)
        ben.offered(conversation)
        # Whoever answers has it.
        ben.client.command("message.send", {"mode": "chat", "body": "Yes."}, conv=conversation)
        ben.told(lambda d: d["chats"] == 1)
        assert assignee(shop, conversation) == "a_900002"
        ben.client.command("conversation.release", conv=conversation)
        ben.told(lambda d: d["chats"] == 0)
        page.ack(page.say("two"))
        ben.offered(conversation)


def test_nobody_is_free(shop):
    ann = shop.ann.come()
    ann.say("paused")
    with asks(shop) as (page, conversation):
        assert page.state(state="waiting")["queue"]["position"] == 1
        assert find(shop, "Is it in stock?") == conversation
        ann.say("available")
        ann.offered(conversation)
        ann.say("paused")
        ann.relieved()
        ben = shop.ben.come()
        ben.offered(conversation)


def test_who_leaves(shop):
    ann, ben = shop.ann.come(), shop.ben.come()
    ben.relieved()
    with asks(shop) as (_, conversation):
        ann.offered(conversation)
        ann.go()
        ben.offered(conversation)
        ann.come()
        assert ann.told(lambda d: True)["offer"] is None
        ben.go()
        ann.offered(conversation)
        ann.take(conversation)
        ann.told(lambda d: d["chats"] == 1)
        # Her chat is offered to others when she has gone home, and is theirs once they take it.
        ben.come()
        ben.relieved()
        ann.say("offline")
        ben.offered(conversation)
        assert assignee(shop, conversation) == "a_900001"
        ben.take(conversation)
        assert assignee(shop, conversation) == "a_900002"


def test_killed_in_the_middle_of_an_offer(shop):
    ann, ben = shop.ann.come(), shop.ben.come()
    ben.relieved()
    eve = Visitor(shop.chat, name="Eve")
    with asks(shop, visitor=eve) as (_, conversation):
        ann.offered(conversation)
    shop.kill()
    shop.start()
    eve.address = shop.chat = webchat.start(shop)
    ben.come()
    with eve.connect():
        ben.offered(conversation)  # Ann is not back yet
        ann.come()
        assert ann.told(lambda d: True)["offer"] is None
        ben.take(conversation)
        shop.kill()
        shop.start()
        eve.address = shop.chat = webchat.start(shop)
    ann.come(), ben.come()
    with eve.connect():
        assert ben.told(lambda d: d["chats"] == 1)["offer"] is None
        assert assignee(shop, conversation) == "a_900002"


def test_what_is_asked_wrongly(shop):
    ann = shop.ann
    for d in ({}, {"chats": -1}, {"chats": 51}):
        with pytest.raises(liaison.Problem) as problem:
            ann.client.command("chat.capacity", d)
        assert problem.value.kind == "validation"
    with pytest.raises(liaison.Problem) as problem:
        ann.take("c_999999")
    assert problem.value.kind == "not-found"
    with pytest.raises(liaison.Problem) as problem:
        shop.client.command("settings.set", {"settings": {"chat_offer_s": 0}})
    assert problem.value.kind == "validation"
