# SPDX-License-Identifier: GPL-3.0-or-later
"""The chat of web sites: visitors on one side, agents on the other."""

import datetime
import hashlib
import json
import math
import sqlite3
import threading
import time
import uuid

import pytest

import liaison
import webchat
from webchat import ORIGIN, Visitor, wait_until_taken, wait_until_true

SECRET = "s" * 40


@pytest.fixture
def shop(make_engine):
    """An engine with one site."""
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.site = engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Shop", "origins": [ORIGIN], "max_wait_s": 120,
                                                        "greeting": "Hello", "jwt_keys": [{"kid": "k1", "secret": SECRET}]})["d"]["channel"]
    wait_until_taken(lambda: Visitor(engine.chat))
    return engine


def restart(engine, kill=False):
    engine.kill() if kill else engine.stop()
    engine.start()
    engine.chat = webchat.start(engine)


def conversations(engine):
    return engine.client.get("/v1/views/all/rows?limit=200")["rows"]


def timeline(engine, conversation):
    return engine.client.get(f"/v1/conversations/{conversation}?limit=200")["timeline"]


def texts(events):
    return [event.get("body", event["kind"]) for event in events]


def test_a_visitor_writes_and_an_agent_answers(shop):
    visitor = Visitor(shop.chat, name="Ann", email="ann@example.com")
    assert visitor.session["state"] == "none" and visitor.session["greeting"] == "Hello"
    with visitor.connect() as page:
        assert page.hello["seq"] == 0
        assert page.ack(page.say("Is it in stock?")) == 1
        assert page.wait_for("events")["events"][0]["from"] == "visitor"
        row, = conversations(shop)
        assert (row["channel"], row["state"], row["customer"]["name"], row["snippet"]) == ("chat", "open", "Ann", "Is it in stock?")
        entry, = timeline(shop, row["id"])
        assert (entry["kind"], entry["dir"], entry["author"]["address"], entry["d"]) == ("chat", "in", "ann@example.com", {"verified": False})

        answer = shop.client.command("message.send", {"mode": "chat", "body": "Yes, it is."}, conv=row["id"], seen=entry["seq"])
        frame = page.wait_for("events")
        assert frame["last"] == 2 and frame["events"][0]["body"] == "Yes, it is." and frame["events"][0]["from"] == "agent"
        assert "@" not in json.dumps(frame)
        sent = timeline(shop, row["id"])[-1]
        assert (sent["id"], sent["state"]) == (answer["d"]["entry"], "sent")
        with shop.client.stream() as stream:
            page.send({"t": "ack", "seq": 2})
            changed = stream.wait_for(lambda frame: frame.get("k") == "entry.changed")
            assert changed["d"]["entry"]["state"] == "delivered"
    assert conversations(shop)[0]["state"] == "pending"


def test_what_was_typed_is_no_address(shop):
    customer = shop.client.command("conversation.create", {"customer": {"name": "Ann Lee", "address": "ann@example.com"}, "subject": "x"})
    assert customer
    Visitor(shop.chat, name="Mallory", email="ann@example.com").post("hello")
    names = sorted(row["customer"]["name"] for row in conversations(shop))
    assert names == ["Ann Lee", "Mallory"]


def test_a_message_is_written_once(shop):
    visitor = Visitor(shop.chat)
    page = visitor.connect()
    cid = page.say("hello")
    page.cut()  # its ack is lost
    with visitor.connect() as page:
        first = page.ack(page.say("hello", cid))
        assert page.ack(page.say("hello", cid)) == first == 1
        assert visitor.post("hello", cid)["seq"] == 1
        assert page.ack(page.say("more")) == 2
    assert [entry["text"] for entry in timeline(shop, conversations(shop)[0]["id"])] == ["hello", "more"]


def test_resume_sends_what_was_missed(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page:
        page.ack(page.say("one"))
    conversation = conversations(shop)[0]["id"]
    for i in range(120):
        shop.client.command("message.send", {"mode": "chat", "body": f"answer {i}"}, conv=conversation)
    with visitor.connect(since=1) as page:
        assert page.hello["seq"] == 121
        events = page.events_until(121)
    assert [event["seq"] for event in events] == list(range(2, 122))
    assert texts(events) == [f"answer {i}" for i in range(120)]


def test_nothing_is_lost_when_the_engine_is_killed(shop):
    visitor = Visitor(shop.chat)
    said = 0
    for round_ in range(5):
        with visitor.connect(since=0) as page:
            for _ in range(2):
                assert page.ack(page.say(f"message {said}", f"c{said}")) == said + 1
                said += 1
            cid = page.say(f"message {said}", f"c{said}")  # whose fate nobody knows
            restart(shop, kill=True)
        visitor.address = shop.chat
        assert visitor.post(f"message {said}", cid)["seq"] == said + 1
        said += 1
        shop.client.sign_in()
    with visitor.connect() as page:
        assert texts(page.events_until(said)) == [f"message {i}" for i in range(said)]


def test_two_windows_and_another_visitor(shop):
    visitor, other = Visitor(shop.chat), Visitor(shop.chat)
    with visitor.connect() as one, visitor.connect() as two, other.connect() as stranger:
        one.ack(one.say("from one"))
        assert texts(two.wait_for("events")["events"]) == ["from one"]
        two.ack(two.say("from two"))
        assert texts(one.events_until(2)) == ["from one", "from two"]
        stranger.send({"t": "ping"})
        assert stranger.receive()["t"] == "pong"
        assert other.events()["events"] == []
        stranger.ack(stranger.say("mine"))
        assert texts(stranger.events_until(1)) == ["mine"]
    assert len(conversations(shop)) == 2


def test_a_long_poll_says_what_a_socket_says(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page:
        page.ack(page.say("one"))
        conversation = conversations(shop)[0]["id"]
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(visitor.events(since=1, wait=20)))
        waiting.start()
        shop.client.command("message.send", {"mode": "chat", "body": "two", "then": "close"}, conv=conversation)
        waiting.join(20)
        assert answers and answers[0]["events"][0]["body"] == "two"
        events = page.events_until(3)
    assert texts(events) == ["one", "two", "closed"]
    assert visitor.events()["events"] == events
    empty = visitor.events(since=3)
    assert (empty["t"], empty["last"], empty["events"], empty["state"], empty["queue"]) == ("events", 3, [], "closed", None)
    visitor.post("and another thing")
    assert conversations(shop)[0]["state"] == "open"
    assert len(conversations(shop)) == 1


def test_few_of_a_visitor_wait_at_once(shop):
    visitor = Visitor(shop.chat)
    answers = []

    def wait():
        try:
            answers.append(visitor.events(wait=20)["last"])
        except liaison.Problem as problem:
            answers.append(problem.kind)

    waiting = [threading.Thread(target=wait) for _ in range(10)]
    for thread in waiting:
        thread.start()
    wait_until_true(lambda: len(answers) == 2)
    visitor.post("here we are")
    for thread in waiting:
        thread.join(20)
    assert sorted(answers, key=str) == [1] * 8 + ["rate-limited"] * 2


def test_who_may_speak(shop):
    with pytest.raises(liaison.Problem) as refused:
        Visitor(shop.chat, origin="https://evil.example")
    assert refused.value.kind == "forbidden"
    with pytest.raises(liaison.Problem) as refused:
        Visitor(shop.chat, site="other")
    assert refused.value.kind == "forbidden"

    visitor = Visitor(shop.chat)
    with pytest.raises(Exception, match="HTTP 403"):
        visitor.connect(origin="https://evil.example")
    page = visitor.connect(hello=False)
    page.send({"t": "hello", "token": "lia_v_" + "x" * 43})
    assert page.close_code() == 4401
    page = visitor.connect(hello=False)
    page.send({"t": "send", "cid": "a", "body": "before hello"})
    assert page.close_code() == 4400
    status, _, _ = visitor.raw("GET", "/v1/meta")
    assert status == 404  # nothing of the agents' side is here
    status, headers, _ = visitor.raw("OPTIONS", "/chat/v1/messages")
    assert status == 204 and headers["Access-Control-Allow-Origin"] == ORIGIN
    assert shop.client.raw("POST", "/chat/v1/session", b"{}")[0] == 404


def test_tokens_are_hashed(shop):
    visitor = Visitor(shop.chat)
    again = Visitor(shop.chat, token=visitor.token)
    assert again.token == visitor.token
    shop.stop()
    with sqlite3.connect(shop.data / "liaison.db") as database:
        hashes = [row[0] for row in database.execute("SELECT hash FROM chat_token")]
    assert hashlib.sha256(visitor.token.encode()).hexdigest() in hashes
    for file in shop.data.iterdir():
        assert not file.is_file() or visitor.token.encode() not in file.read_bytes()
    shop.start()
    webchat.start(shop)


def test_signed_identities(shop):
    anonymous = Visitor(shop.chat)
    anonymous.post("before signing in")
    signed = Visitor(shop.chat, jwt=webchat.identity(SECRET, email="ann@example.com"))
    assert signed.session["verified"] and signed.session["state"] == "none"
    signed.post("I am Ann")
    elsewhere = Visitor(shop.chat, jwt=webchat.identity(SECRET))
    assert texts(elsewhere.events()["events"]) == ["I am Ann"]
    assert texts(anonymous.events()["events"]) == ["before signing in"]
    for wrong in [webchat.identity("t" * 40), webchat.identity(SECRET, site="other"), webchat.identity(SECRET, life_s=-1),
                  webchat.identity(SECRET, life_s=86400)]:
        with pytest.raises(liaison.Problem) as refused:
            Visitor(shop.chat, jwt=wrong)
        assert refused.value.kind in ("unauthorized", "rate-limited")
    assert SECRET.encode() not in (shop.data / "liaison.db").read_bytes()
    assert "jwt_keys" not in json.dumps(shop.client.get("/v1/snapshot")["channels"])


def test_typing_and_seen_go_both_ways(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page, shop.client.stream() as stream:
        page.ack(page.say("hello"))
        row, = conversations(shop)
        assert stream.wait_for(lambda frame: frame.get("k") == "chat.presence")["d"] == {"conv": row["id"], "online": True}
        page.send({"t": "typing"})
        assert stream.wait_for(lambda frame: frame.get("k") == "chat.typing")["d"] == {"conv": row["id"]}
        page.wait_for("events")
        page.send({"t": "read", "seq": 1})
        seen = stream.wait_for(lambda frame: frame.get("k") == "chat.read")["d"]
        assert seen == {"conv": row["id"], "seq": timeline(shop, row["id"])[-1]["seq"]}

        shop.client.command("conversation.read", {"seq": seen["seq"]}, conv=row["id"])
        assert page.wait_for("read")["seq"] == 1
        shop.client.post(f"/v1/conversations/{row['id']}/typing", {})
        assert page.wait_for("typing")["name"]
        assert shop.client.get("/v1/chats")["chats"] == [{"conv": row["id"]}]
        shop.client.command("availability.set", {"state": "available", "reason": ""})
        page.state(availability="online")


def test_the_queue_has_an_order(shop):
    first, second = Visitor(shop.chat), Visitor(shop.chat)
    first.post("first")
    second.post("second")
    with second.connect() as page:
        assert page.hello["state"] == "waiting" and page.hello["queue"] == {"position": 2}
    rows = {row["snippet"]: row["id"] for row in conversations(shop)}
    shop.client.command("conversation.take", conv=rows["first"])
    with second.connect() as page:
        assert page.hello["queue"] == {"position": 1}


def test_the_queue_moves_on(shop):
    first, second = Visitor(shop.chat), Visitor(shop.chat)
    first.post("first")
    with second.connect() as page:
        page.ack(page.say("second"))
        page.state(queue={"position": 2})
        rows = {row["snippet"]: row["id"] for row in conversations(shop)}
        shop.client.command("conversation.take", conv=rows["first"])
        page.state(queue={"position": 1})
        shop.client.command("message.send", {"mode": "chat", "body": "Hello"}, conv=rows["second"])
        page.state(queue=None)
    assert second.events()["state"] == "open"


def in_half_minutes(seconds):
    return math.ceil(seconds / 30) * 30


def test_the_wait_is_what_it_was_today(shop):
    for i in range(3):
        Visitor(shop.chat).post(f"earlier {i}")
    earlier = conversations(shop)
    visitor = Visitor(shop.chat)
    visitor.post("how long?")
    for row in earlier:
        assert "wait_s" not in visitor.events()["queue"]  # of two nothing follows
        shop.client.command("message.send", {"mode": "chat", "body": "Hello"}, conv=row["id"])
    for waited_s in 0, 170:
        shop.stop()
        began = time.time()
        with sqlite3.connect(shop.data / "liaison.db") as database:
            database.execute("UPDATE entry SET at = (SELECT created_at FROM conversation WHERE id = conversation_id) + 300000 WHERE kind = 'chat' AND dir = 'out'")
            database.execute("UPDATE conversation SET waiting_since = ? WHERE last_out_at IS NULL", [int((began - waited_s) * 1000)])
        shop.start()
        visitor.address = webchat.start(shop)
        queue = visitor.events()["queue"]
        assert queue["position"] == 1 and in_half_minutes(300 - waited_s - (time.time() - began)) <= queue["wait_s"] <= in_half_minutes(300 - waited_s)


def test_a_closed_queue_says_when_it_opens(shop):
    visitor = Visitor(shop.chat)
    shop.client.command("availability.set", {"state": "available", "reason": ""})
    assert "opens_at" not in visitor.events() and visitor.events()["availability"] == "online"
    queue = shop.client.get("/v1/snapshot")["queues"][0]["id"]
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + day * 86400)) for day in (-1, 0, 1)]
    shop.client.command("queue.save", {"queue": queue, "hours": {"zone": "UTC", "days": ["00:00-24:00"] * 7, "closed": ", ".join(days)}})
    state = visitor.events()
    assert state["availability"] == "away" and state["opens_at"].endswith("T00:00:00.000Z")
    assert Visitor(shop.chat).session["opens_at"] == state["opens_at"]


def leave(visitor, body, email="ann@example.com", cid=None):
    return visitor.call("POST", "/chat/v1/leave-message", {"cid": cid or str(uuid.uuid4()), "body": body, "name": "Ann", "email": email})


def add_mailbox(engine):
    mailbox = {"host": "127.0.0.1", "port": 9, "tls": "tls"}
    return engine.client.command("channel.add", {"kind": "mail", "address": "support@example.test", "name": "Support", "sender_name": "Support",
                                                 "login": "x", "password": "x", "imap": mailbox, "smtp": mailbox, "ca": None})["d"]["channel"]


def test_what_is_left_is_answered_by_mail(shop):
    visitor = Visitor(shop.chat)
    with pytest.raises(liaison.Problem) as refused:
        leave(visitor, "Nobody could answer this")
    assert refused.value.kind == "channel-down"
    assert conversations(shop) == []

    add_mailbox(shop)
    answer = leave(visitor, "Is it in stock?\nI would need two.", cid="left")
    assert answer["seq"] == 1 and answer["answer_by"] > time.strftime("%Y-%m-%d", time.gmtime())
    again = leave(visitor, "Is it in stock?\nI would need two.", cid="left")
    assert again["seq"] == 1
    row, = conversations(shop)
    assert (row["channel"], row["subject"], row["customer"]["name"], row["state"]) == ("email", "Is it in stock?", "Ann", "open")
    entry, = timeline(shop, row["id"])
    assert (entry["kind"], entry["dir"], entry["from"]["address"], entry["d"]) == ("email", "in", "ann@example.com", {"verified": False})
    assert texts(visitor.events()["events"]) == ["Is it in stock?\nI would need two."]  # on her screen it stays

    sent = shop.client.command("message.send", {"mode": "email", "reply": "reply", "entry": entry["id"], "subject": "Re: Is it in stock?", "body": "Yes.",
                                                "to": [{"name": "Ann", "address": "ann@example.com"}]}, conv=row["id"])
    mail = timeline(shop, row["id"])[-1]
    assert mail["id"] == sent["d"]["entry"] and mail["from"]["address"] == "support@example.test"
    assert len(visitor.events()["events"]) == 1  # a mail is for whoever has that address
    visitor.post("I am here again")  # the same thread goes on in the chat
    assert len(conversations(shop)) == 1
    shop.client.command("message.send", {"mode": "chat", "body": "Good."}, conv=row["id"])
    assert texts(visitor.events()["events"])[1:] == ["I am here again", "Good."]
    for wrong in ("nobody", "a@b\r\nBcc: c@d", ""):
        with pytest.raises(liaison.Problem) as refused:
            leave(visitor, "x", wrong)
        assert refused.value.kind == "validation"

    before = dump(shop)
    assert liaison.run("--data", shop.data, "rebuild") == (0, "")
    assert dump(shop) == before
    shop.start()
    webchat.start(shop)


def way(shop, conversation):
    return shop.client.get(f"/v1/conversations/{conversation}/way")


def wait_for_mail_way(shop, conversation):
    wait_until_true(lambda: way(shop, conversation)["by"] == "email")
    return way(shop, conversation)


def test_how_an_answer_reaches_who_has_left(shop):
    shop.client.command("channel.update", {"channel": shop.site, "gone_after_s": 1})
    stranger, typed = Visitor(shop.chat), Visitor(shop.chat, email="ann@example.com", locale="de-AT")
    signed = Visitor(shop.chat, jwt=webchat.identity(SECRET, email="lee@example.com"))
    for visitor, text in (stranger, "nobody"), (typed, "typed"), (signed, "signed"):
        visitor.post(text)
    ids = {row["snippet"]: row["id"] for row in conversations(shop)}
    assert way(shop, ids["typed"])["address"] is None  # there is no mailbox
    with pytest.raises(liaison.Problem) as refused:
        shop.client.command("message.send", {"mode": "chat", "body": "x", "by": "email"}, conv=ids["typed"])
    assert refused.value.kind == "channel-down"
    add_mailbox(shop)
    with pytest.raises(liaison.Problem) as refused:
        shop.client.command("message.send", {"mode": "chat", "body": "x", "by": "email"}, conv=ids["nobody"])
    assert refused.value.kind == "validation"

    assert wait_for_mail_way(shop, ids["typed"])["address"] == "ann@example.com"
    assert wait_for_mail_way(shop, ids["signed"])["address"] == "lee@example.com"
    assert way(shop, ids["nobody"]) == {"online": False, "by": "chat", "address": None, "email_from": None}
    kept = shop.client.command("message.send", {"mode": "chat", "body": "Kept", "by": "chat"}, conv=ids["typed"])["d"]
    assert "outbox" not in kept and texts(typed.events()["events"]) == ["typed", "Kept"]
    # Of whom we know an address, however we came by it, is written to there.
    shop.stop()
    with sqlite3.connect(shop.data / "liaison.db") as database:
        database.execute("INSERT INTO address SELECT customer_id, 'email', 'sue@example.com', 'sue@example.com', NULL, 1 FROM conversation WHERE id = ?",
                         [ids["nobody"].removeprefix("c_")])
    shop.start()
    webchat.start(shop)
    assert wait_for_mail_way(shop, ids["nobody"])["address"] == "sue@example.com"


def test_a_mail_to_who_has_left_is_taken_back(shop):
    shop.client.command("channel.update", {"channel": shop.site, "gone_after_s": 1})
    shop.client.command("settings.set", {"settings": {"undo_send_s": 60}})
    add_mailbox(shop)
    visitor = Visitor(shop.chat, email="ann@example.com", locale="de-AT")
    visitor.post("Gibt es das?")
    row, = conversations(shop)
    wait_for_mail_way(shop, row["id"])
    sent = shop.client.command("message.send", {"mode": "chat", "body": "Ja."}, conv=row["id"])["d"]
    mail = timeline(shop, row["id"])[-1]
    assert (mail["kind"], mail["subject"], mail["to"][0]["address"]) == ("email", "Ihr Chat mit Shop", "ann@example.com")
    assert mail["text"].startswith("Ja.\n\nBisher:\n> Sie: Gibt es das?\n") and mail["folds"][0]["start"] == 3
    assert texts(visitor.events()["events"]) == ["Gibt es das?", "Ja."]
    draft = shop.client.command("message.cancel", {"outbox": sent["outbox"]})["d"]["draft"]
    assert (draft["mode"], draft["body"]) == ("chat", "Ja.")
    assert texts(visitor.events()["events"]) == ["Gibt es das?", "withdrawn"]
    with visitor.connect() as page:
        page.events_until(2)
        again = shop.client.command("message.send", {"mode": "chat", "body": "Doch."}, conv=row["id"])["d"]
        assert "outbox" not in again and page.events_until(3)[-1]["body"] == "Doch."
        # In the editor for mail it is a mail, which she sees here as well; what goes to others she does not.
        for to in "ben@example.com", "Ann@example.com":
            shop.client.command("message.send", {"mode": "email", "reply": "new", "subject": "x", "body": f"To {to}", "to": [{"name": "", "address": to}]},
                                conv=row["id"])
        assert page.events_until(4)[-1]["body"] == "To Ann@example.com"


def dump(shop):
    if shop.process:
        shop.stop()
    with sqlite3.connect(shop.data / "liaison.db") as database:
        tables = "chat_thread", "chat_event", "entry", "conversation", "address"
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_the_promise_is_what_others_got(shop):
    add_mailbox(shop)
    visitor = Visitor(shop.chat)
    target = parse(leave(visitor, "first")["answer_by"]) - time.time()
    queue = shop.client.get("/v1/snapshot")["queues"][0]
    assert abs(target - queue["first_target_s"]) < 20
    for i in range(5):
        conversation = shop.client.new_conversation(f"customer{i}@example.com", f"Question {i}")
        shop.client.command("message.send", {"mode": "email", "reply": "new", "subject": "x", "body": "y",
                                             "to": [{"name": "", "address": f"customer{i}@example.com"}]}, conv=conversation)
    shop.stop()
    with sqlite3.connect(shop.data / "liaison.db") as database:
        for i, (conversation,) in enumerate(database.execute("SELECT id FROM conversation WHERE subject LIKE 'Question%' ORDER BY id").fetchall()):
            database.execute("UPDATE entry SET at = at + ? WHERE conversation_id = ? AND dir = 'out'", ((i + 1) * 600000, conversation))
    shop.start()
    visitor.address = webchat.start(shop)
    shop.client.sign_in()
    assert abs(parse(leave(visitor, "second")["answer_by"]) - time.time() - 5 * 600) < 20
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + day * 86400)) for day in (-1, 0, 1)]
    shop.client.command("queue.save", {"queue": queue["id"], "hours": {"zone": "UTC", "days": ["00:00-24:00"] * 7, "closed": ", ".join(days)}})
    opens = visitor.events()["opens_at"]
    assert abs(parse(leave(visitor, "third")["answer_by"]) - parse(opens) - 5 * 600) < 20


def parse(text):
    return datetime.datetime.fromisoformat(text).timestamp()


def test_floods_are_refused(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page:
        began = time.monotonic()
        for i in range(30):
            page.say(f"flood {i}", f"c{i}")
        frames = [page.wait_for("ack", "err") for _ in range(30)]
        assert 10 <= sum(frame["t"] == "ack" for frame in frames) <= 11 + (time.monotonic() - began) / 3
        assert all(frame["problem"]["status"] == 429 for frame in frames if frame["t"] == "err")
    with pytest.raises(liaison.Problem) as refused:
        for _ in range(20):
            Visitor(shop.chat)
    assert refused.value.kind == "rate-limited"
    # The proxy says that this is another one.
    visitor.call("POST", "/chat/v1/session", {"site": "shop"}, headers={"X-Forwarded-For": "127.0.0.1, 203.0.113.9"})


def test_what_is_too_long_or_nothing(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page:
        page.ack(page.say("ß" * 8000))
        for body in ["x" * 8001, "", " \n"]:
            page.say(body, "bad")
            error = page.wait_for("err")
            assert (error["cid"], error["problem"]["status"]) == ("bad", 422)
        page.send({"t": "from a later version"})
        page.send({"t": "ping"})
        assert page.wait_for("pong")
        page.send({"t": "send", "cid": "c" * 200, "body": "x"})
        assert page.wait_for("err")["problem"]["status"] == 422
        page.socket.send("{}{}")
        assert page.close_code() == 4400
    status, _, _ = visitor.raw("POST", "/chat/v1/messages", b"x" * 70000)
    assert status == 413


def test_only_this_machine_is_listened_on(tmp_path):
    status, said = liaison.run("--data", tmp_path / "d", "--listen", "127.0.0.1:0", "--chat", "0.0.0.0:0")
    assert status == 1 and "0.0.0.0" in said


def test_sites_are_checked(shop):
    site = {"kind": "chat", "key": "second", "origins": [ORIGIN]}
    for wrong in [{"key": "Shop!"}, {"origins": []}, {"origins": ["shop.example"]}, {"color": "red"}, {"prechat": ["phone"]}, {"queue": "q_999"},
                  {"key": "shop"}, {"url": "chat.example.com"}, {"jwt_keys": [{"kid": "k", "secret": "short"}]}]:
        with pytest.raises(liaison.Problem) as refused:
            shop.client.command("channel.add", {**site, **wrong})
        assert refused.value.kind == "validation", wrong
    channel = next(channel for channel in shop.client.get("/v1/snapshot")["channels"] if channel["kind"] == "chat")
    assert channel["state"] == "ready" and channel["config"]["jwt_kids"] == ["k1"]
    shop.client.command("channel.update", {"channel": shop.site, "greeting": "Good evening", "origins": ["https://new.example"], "url": "https://chat.new.example"})
    channel = next(channel for channel in shop.client.get("/v1/snapshot")["channels"] if channel["kind"] == "chat")
    assert channel["config"]["url"] == "https://chat.new.example" and channel["config"]["jwt_kids"] == ["k1"]
    wait_until_taken(lambda: Visitor(shop.chat, origin="https://new.example"))
    assert Visitor(shop.chat, origin="https://new.example").session["greeting"] == "Good evening"
    shop.client.command("channel.remove", {"channel": shop.site})


def test_a_new_site_is_told_to_be_ready(shop):
    """Also to who was told of it before the listener knew it."""
    stream = liaison.Stream(shop.client)
    channel = shop.client.command("channel.add", {"kind": "chat", "key": "second", "origins": [ORIGIN]})["d"]["channel"]

    told = lambda frame: frame["d"]["channel"] if frame.get("k") == "channel.changed" else {"id": None}
    stream.wait_for(lambda frame: told(frame)["id"] == channel and told(frame)["state"] == "ready")


def test_rebuild_arrives_at_the_same(shop):
    visitor = Visitor(shop.chat)
    with visitor.connect() as page:
        page.ack(page.say("one"))
        conversation = conversations(shop)[0]["id"]
        shop.client.command("message.send", {"mode": "chat", "body": "two", "then": "close"}, conv=conversation)
        page.events_until(3)
        page.send({"t": "ack", "seq": 3})
        page.ack(page.say("three"))
    before = dump(shop)
    assert len(before["chat_event"]) == 4
    assert liaison.run("--data", shop.data, "rebuild") == (0, "")
    assert dump(shop) == before
    shop.start()
    webchat.start(shop)
