# SPDX-License-Identifier: GPL-3.0-or-later
"""When all is said: whether it helped, and the talk as a mail. That the mail arrives stands in test_chat_mail.py."""

import sqlite3

import pytest

import liaison
import webchat
from webchat import ORIGIN, Visitor, wait_until_taken

NOWHERE = {"host": "127.0.0.1", "port": 9, "tls": "tls"}
TABLES = ("conversation", "entry", "entry_text", "chat_thread", "chat_event", "outbox")


@pytest.fixture
def shop(make_engine):
    """A site, and a mailbox whose server is never there."""
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.client.command("channel.add", {"kind": "mail", "address": "support@example.test", "name": "", "sender_name": "", "login": "x", "password": "x",
                                          "imap": NOWHERE, "smtp": NOWHERE, "ca": None})
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Tea Shop", "origins": [ORIGIN]})
    wait_until_taken(lambda: Visitor(engine.chat))
    return engine


def conversation_of(engine):
    """The only one. What is closed is in no list."""
    if not hasattr(engine, "conversation"):
        row, = engine.client.get("/v1/views/all/rows?limit=200")["rows"]
        engine.conversation = row["id"]
    return engine.client.get(f"/v1/conversations/{engine.conversation}?limit=200")


def entries(engine, *kinds):
    return [entry for entry in conversation_of(engine)["timeline"] if entry["kind"] in kinds]


def send(engine, mode, body):
    if mode == "note":
        engine.client.note(conversation_of(engine)["conversation"]["id"], body)
    else:
        engine.client.command("message.send", {"mode": mode, "body": body}, conv=conversation_of(engine)["conversation"]["id"])


def close(engine):
    seen = max(entry["seq"] for entry in entries(engine, "chat", "state", "survey"))
    engine.client.command("conversation.close", conv=conversation_of(engine)["conversation"]["id"], seen=seen)


def rate(visitor, word):
    return visitor.call("POST", "/chat/v1/rating", {"rating": word})


def ask(visitor, cid="t1", **fields):
    return visitor.call("POST", "/chat/v1/transcript", {"cid": cid, **fields})


def kinds(visitor):
    return [event["kind"] for event in visitor.events()["events"]]


def kill(engine, visitor):
    engine.kill()
    engine.start()
    visitor.address = engine.chat = webchat.start(engine)
    engine.client.sign_in()


def pointer_of(refused):
    return refused.value.body["errors"][0]["pointer"]


def rebuilt(engine):
    """Everything made anew from the journal is the same."""
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as db:
        before = [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    with sqlite3.connect(engine.data / "liaison.db") as db:
        assert [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES] == before


def test_whether_it_helped(shop):
    visitor = Visitor(shop.chat, name="Ann")
    with pytest.raises(liaison.Problem, match="validation"):
        rate(visitor, "good")
    visitor.post("Is it in stock?")
    send(shop, "chat", "Yes.")
    with pytest.raises(liaison.Problem, match="validation"):
        rate(visitor, "good")
    close(shop)
    for wrong in ("", "great", "GOOD"):
        with pytest.raises(liaison.Problem, match="validation"):
            rate(visitor, wrong)
    with pytest.raises(liaison.Problem, match="validation"):
        rate(Visitor(shop.chat), "good")

    rate(visitor, "good")
    kill(shop, visitor)
    rate(visitor, "good")
    rate(visitor, "fair")
    said, = entries(shop, "survey")
    assert (said["d"], said["dir"], said["author"]["kind"], said["author"]["name"]) == ({"kind": "fair"}, "in", "customer", "Ann")
    row = conversation_of(shop)["conversation"]
    assert row["state"] == "closed" and row["snippet"] == "Yes." and kinds(visitor) == ["message", "message", "closed", "rated"]

    # It goes on, and is closed once more: that is another answer.
    visitor.post("And a bell?")
    close(shop)
    rate(visitor, "bad")
    assert [entry["d"]["kind"] for entry in entries(shop, "survey")] == ["fair", "bad"]
    rebuilt(shop)


def test_the_talk_as_a_mail(shop):
    visitor = Visitor(shop.chat, name="Ann")
    visitor.post("Is it in stock?")
    with pytest.raises(liaison.Problem, match="validation"):
        ask(visitor, email="victim@example.com")  # nobody has answered
    send(shop, "chat", "Yes, in blue.")
    send(shop, "note", "She is difficult.")
    close(shop)
    with pytest.raises(liaison.Problem, match="validation") as refused:
        ask(visitor, email="ann@")
    assert pointer_of(refused) == "/email"

    asked = ask(visitor, email="ann@example.com", zone="Europe/Berlin")
    kill(shop, visitor)
    assert ask(visitor, email="other@example.com") == asked
    mail, = entries(shop, "email")
    assert (mail["dir"], mail["author"]["kind"], mail["d"]) == ("out", "system", {"transcript": True})
    assert [to["address"] for to in mail["to"]] == ["ann@example.com"] and mail["subject"] == "Your chat with Tea Shop"
    text = mail["text"]
    assert "(Europe/Berlin)" in text and "difficult" not in text
    assert [line for line in text.splitlines() if line in ("Is it in stock?", "Yes, in blue.")] == ["Is it in stock?", "Yes, in blue."]
    row = conversation_of(shop)["conversation"]
    assert row["state"] == "closed" and row["snippet"] == "She is difficult."
    told = visitor.events()["events"][-1]
    assert (told["kind"], told["to"], told["seq"]) == ("transcript", "a…@example.com", asked["seq"])

    # It is no word of anybody: the next one does not repeat it, she is still who she is, and answers by mail go where it went.
    ask(visitor, "t2")
    assert entries(shop, "email")[1]["text"].count("Yes, in blue.") == 1
    assert shop.client.get(f"/v1/conversations/{row['id']}/way")["address"] == "ann@example.com"
    for cid in ("t3", "t4", "t5"):
        try:
            ask(visitor, cid)
        except liaison.Problem as problem:
            assert problem.kind == "rate-limited"
            break
    else:
        pytest.fail("as often as one likes")
    rebuilt(shop)


def test_an_agent_sends_the_talk(shop):
    visitor = Visitor(shop.chat, name="Ann", email="ann@example.com")
    visitor.post("Is it in stock?")
    conversation = conversation_of(shop)["conversation"]["id"]
    with pytest.raises(liaison.Problem, match="validation"):
        shop.client.command("chat.transcript", {}, conv=conversation)
    send(shop, "chat", "Yes, in blue.")
    send(shop, "note", "She is difficult.")
    sent = [shop.client.command("chat.transcript", {"zone": "Europe/Berlin"}, conv=conversation, key="k-transcript")["d"] for _ in range(2)]
    assert sent[0] == sent[1] and sent[0]["to"] == "ann@example.com"
    mail, = entries(shop, "email")
    assert (mail["id"], mail["author"]["kind"]) == (sent[0]["entry"], "agent") and "difficult" not in mail["text"] and "in blue" in mail["text"]
    assert kinds(visitor) == ["message", "message", "transcript"]
    assert visitor.events()["events"][-1]["to"] == "a…@example.com"
