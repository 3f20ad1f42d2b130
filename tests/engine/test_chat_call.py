# SPDX-License-Identifier: GPL-3.0-or-later
"""From a web site to the telephone: page codes that are read out in a call, and calls that visitors ask for. The calls are the sample's."""

import re
import sqlite3

import pytest

import liaison
import webchat
from patience import until
from webchat import ORIGIN, Visitor, wait_until_taken

SECRET = "s" * 40
TABLES = ("conversation", "customer", "address", "chat_thread", "chat_event")


@pytest.fixture
def desk(make_engine, tmp_path):
    """The sample's telephones, and a site beside them."""
    assert liaison.run("sample", "--data", tmp_path / "e" / "data")[0] == 0
    engine = make_engine(extra=["--chat", "127.0.0.1:0"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Shop", "origins": [ORIGIN], "jwt_keys": [{"kid": "k1", "secret": SECRET}]})
    wait_until_taken(lambda: Visitor(engine.chat))
    return engine


def talk(client, match=None):
    """A caller who is taken; `match`: how the customer was recognised."""
    def waits():
        return next((call for call in client.get("/v1/snapshot")["calls"] if call["state"] == "waiting" and call["id"] and match in (None, call["match"])), None)

    def talks():
        return next((call for call in client.get("/v1/snapshot")["calls"] if call["uniqueid"] == uniqueid and call["state"] == "talking"), None)

    while True:
        call = until(waits)
        assert call, client.get("/v1/snapshot")["calls"]
        uniqueid = call["uniqueid"]
        try:
            client.command("call.take", {"call": uniqueid})
        except liaison.Problem:
            continue  # gone meanwhile
        if found := until(talks):
            return found


def show_code(visitor, url=ORIGIN + "/kettles?mail=ann@example.com#top", title="Kettles"):
    return visitor.call("POST", "/chat/v1/code", {"url": url, "title": title})


def join(client, call, code, **fields):
    return client.command("call.join", {"call": call["uniqueid"], "code": code, **fields})["d"]


def timeline(client, conversation):
    return client.get(f"/v1/conversations/{conversation}?limit=200")["timeline"]


def customer_of(client, conversation):
    return client.get(f"/v1/conversations/{conversation}")["conversation"]["customer"]["id"]


def visit(client, call):
    [entry] = [entry for entry in timeline(client, call["conv"]) if entry["kind"] == "visit"]
    return entry


def rebuilt(engine):
    """Everything made anew from the journal is the same."""
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as db:
        before = [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    with sqlite3.connect(engine.data / "liaison.db") as db:
        assert [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES] == before


def test_a_page_joins_a_call(desk):
    client, visitor = desk.client, Visitor(desk.chat, name="Ann")
    shown = show_code(visitor)
    assert re.fullmatch(r"\d{6}", shown["code"]) and 800 < shown["good_s"] <= 900
    assert show_code(visitor)["code"] == shown["code"] != show_code(Visitor(desk.chat))["code"]
    call = talk(client)
    with visitor.connect() as page:
        found = join(client, call, f"{shown['code'][:3]} {shown['code'][3:]}")
        page.wait_for("joined")
    entry = visit(client, call)
    assert found["entry"] == entry["id"] and found["name"] == "Ann" and not found["same"] and "conv" not in found
    assert entry["d"] == {"what": "page-code", "code": shown["code"], "url": ORIGIN + "/kettles", "title": "Kettles", "name": "Ann", "email": "", "verified": False}
    # Nobody has said that it is the same customer: what she writes now is somebody else's.
    visitor.post("hello")
    chat = client.get("/v1/views/all/rows?limit=200")["rows"]
    [row] = [row for row in chat if row["snippet"] == "hello"]
    assert row["customer"]["id"] != call["customer"]


def test_addresses_of_pages_are_hostile(desk):
    client, visitor = desk.client, Visitor(desk.chat)
    for url in ("http:\n//host/", "https:\t//shop.example/x", "://", "javascript:alert(1)", "https://ann@shop.example/", "https://shop.example.evil/", ""):
        assert show_code(visitor, url=url)["code"]
    call = talk(client)
    assert join(client, call, show_code(visitor, url=ORIGIN + "/a%20b?mail=ann#top")["code"])["url"] == ORIGIN + "/a%20b"
    stranger = Visitor(desk.chat)
    assert join(client, call, show_code(stranger, url="https://elsewhere.example/secret")["code"])["url"] == ""


def test_the_same_customer_when_the_agent_says_so(desk):
    client, visitor = desk.client, Visitor(desk.chat, name="Ann")
    visitor.post("where is my kettle?")
    [row] = [row for row in client.get("/v1/views/all/rows?limit=200")["rows"] if row["snippet"] == "where is my kettle?"]
    call = talk(client)
    code = show_code(visitor)["code"]
    assert join(client, call, code)["conv"] == row["id"]
    assert customer_of(client, row["id"]) != customer_of(client, call["conv"])
    assert visit(client, call)["d"]["conv"] == row["id"]
    assert timeline(client, row["id"])[-1]["d"] == {"what": "joined", "code": code, "conv": call["conv"]}

    assert join(client, call, code, same=True)["same"]
    assert customer_of(client, row["id"]) == customer_of(client, call["conv"]) == call["customer"]
    assert visit(client, call)
    cards = {row["id"] for row in client.get(f"/v1/customers/{call['customer']}/conversations")["rows"]}
    assert {row["id"], call["conv"]} <= cards
    rebuilt(desk)


def test_who_is_signed_in_is_known_at_once(desk):
    client = desk.client
    visitor = Visitor(desk.chat, jwt=webchat.identity(SECRET, email="signed@example.com"))
    call = talk(client)
    found = join(client, call, show_code(visitor)["code"])
    assert found["verified"] and found["same"] and found["customer"] == call["customer"]
    visitor.post("and one thing more")
    [row] = [row for row in client.get("/v1/views/all/rows?limit=200")["rows"] if row["snippet"] == "and one thing more"]
    assert row["customer"]["id"] == call["customer"]
    assert "signed@example.com" in [address["value"] for address in client.get(f"/v1/customers/{call['customer']}")["customer"]["addresses"]]


def test_a_code_is_good_for_one_call_and_not_to_be_guessed(desk):
    client, visitor = desk.client, Visitor(desk.chat)
    call = talk(client)
    code = show_code(visitor)["code"]
    with pytest.raises(liaison.Problem, match="validation"):
        join(client, call, "12345")
    for index in range(6):
        with pytest.raises(liaison.Problem, match="not-found"):
            join(client, call, f"{(int(code) + 1 + index) % 1000000:06}")
    with pytest.raises(liaison.Problem, match="rate-limited"):
        join(client, call, code)
    assert [entry for entry in timeline(client, call["conv"]) if entry["kind"] == "visit"] == []

    desk.kill()
    desk.start()
    visitor.address = desk.chat = webchat.start(desk)
    client.sign_in()
    call = talk(client)
    with pytest.raises(liaison.Problem, match="not-found"):
        join(client, call, code)
    again = show_code(visitor)["code"]
    assert join(client, call, again)["entry"] and show_code(visitor)["code"] != again


def ask_for_call(visitor, number, body="", cid="c1"):
    return visitor.call("POST", "/chat/v1/callback", {"cid": cid, "number": number, "body": body})


def test_a_visitor_asks_to_be_called(desk):
    """The work of a caller who was missed: an owner and a due time, in the conversation of what she writes."""
    client, visitor = desk.client, Visitor(desk.chat, name="Ann")
    for number in ("12", "call me", "", "+49 30"):
        with pytest.raises(liaison.Problem) as refused:
            ask_for_call(visitor, number)
        assert refused.value.body["errors"][0] == {**refused.value.body["errors"][0], "pointer": "/number", "code": "value"}
    asked = ask_for_call(visitor, "+49 30 1234567", "my kettle leaks")
    assert asked["number"] == "+49301234567" and asked["seq"] == 1
    assert ask_for_call(visitor, "+49 30 1234567", "my kettle leaks")["seq"] == 1

    [row] = [row for row in client.get("/v1/views/callbacks/rows")["rows"] if row["customer"]["name"] == "Ann"]
    assert row["callback"] and row["assignee"] and row["due_at"] == asked["call_by"]
    entry, given = timeline(client, row["id"])
    assert (entry["kind"], entry["text"]) == ("promise", "my kettle leaks")
    assert (entry["d"]["number"], entry["d"]["reason"], entry["d"]["due"]) == ("+49301234567", "my kettle leaks", asked["call_by"])
    assert given["d"]["what"] == "assigned" and given["author"]["kind"] == "system"
    [event] = visitor.events()["events"]
    assert (event["kind"], event["number"], event["due"], event["cid"]) == ("callback", "+49301234567", asked["call_by"], "c1")

    visitor.post("it drips")
    assert timeline(client, row["id"])[-1]["text"] == "it drips"
    client.command("callback.done", {"entry": entry["id"]})
    assert row["id"] not in [row["id"] for row in client.get("/v1/views/callbacks/rows")["rows"]]
    rebuilt(desk)


@pytest.fixture
def voice(desk):
    """A chat that I have taken, while its visitor is there."""
    client, visitor = desk.client, Visitor(desk.chat, name="Ann")
    page = visitor.connect()
    page.ack(page.say("my kettle leaks"))
    [row] = [row for row in client.get("/v1/views/all/rows?limit=200")["rows"] if row["snippet"] == "my kettle leaks"]
    yield client, visitor, page, row["id"]
    page.close()


def answer_offer(visitor, offer, **number):
    return visitor.call("POST", "/chat/v1/call-offer", {"offer": offer, **number})


def refused(action, *arguments, **options):
    """Its code, or its kind where it has none."""
    with pytest.raises(liaison.Problem) as problem:
        action(*arguments, **options)
    return problem.value.body["errors"][0]["code"] if problem.value.body.get("errors") else problem.value.kind


def offer_call(client, conversation, **fields):
    return client.command("chat.offer-call", fields, conv=conversation)["d"]


def test_a_call_is_offered_and_wanted(desk, voice):
    """She gives her number once, from whichever window: it is work that waits for me, where she chats."""
    client, visitor, page, conversation = voice
    other = visitor.connect()
    offered = offer_call(client, conversation)
    assert refused(offer_call, client, conversation) == "offered"
    for window in (page, other):
        [event] = window.events_until(2)[-1:]
        assert (event["kind"], event["from"], event["seq"]) == ("call-offered", "agent", 2) and 200 < event["left_s"] <= 300, event
    assert client.get(f"/v1/conversations/{conversation}")["conversation"]["assignee"]

    for number, code in (("12", "value"), ("+44 90 1234 5678", "not-called"), ("1 900 234 5678", "value")):
        assert refused(answer_offer, visitor, 2, number=number) in (code, "not-called")
    assert refused(answer_offer, visitor, 1, number="+49 30 1234567") == "over"
    told = answer_offer(visitor, 2, number="+49 30 1234567")
    assert told == answer_offer(visitor, 2, number="+49 30 7654321") == answer_offer(visitor, 2), "what came first counts"
    for window in (page, other):
        [event] = window.events_until(told["seq"])[-1:]
        assert (event["kind"], event["offer"], event["number"], event["from"]) == ("callback", 2, "+49301234567", "visitor")
    other.close()

    [promise] = [entry for entry in timeline(client, conversation) if entry["kind"] == "promise"]
    assert (promise["d"]["number"], promise["d"]["offer"], promise["d"]["settled"]) == ("+49301234567", offered["entry"], False)
    assert conversation in [row["id"] for row in client.get("/v1/views/callbacks/rows")["rows"]]
    assert "+49301234567" not in [address["value"] for address in client.get(f"/v1/customers/{customer_of(client, conversation)}")["customer"]["addresses"]]
    client.command("call.dial", {"number": promise["d"]["number"]}, conv=conversation)
    until(lambda: any(entry["kind"] == "call" for entry in timeline(client, conversation)))


def test_a_call_is_not_wanted(desk, voice):
    client, visitor, page, conversation = voice
    offer_call(client, conversation)
    told = answer_offer(visitor, 2)
    assert answer_offer(visitor, 2, number="+49 30 1234567") == told
    event = visitor.events(since=2)["events"][-1]
    assert (event["kind"], event["offer"], event["from"]) == ("call-declined", 2, "visitor")
    entry = timeline(client, conversation)[-1]
    assert (entry["kind"], entry["d"]["what"], entry["author"]["kind"]) == ("state", "call-declined", "customer")
    assert conversation not in [row["id"] for row in client.get("/v1/views/callbacks/rows")["rows"]]
    assert offer_call(client, conversation)["entry"], "another time she may want one"


def test_an_offer_is_over(desk, voice):
    """With its time, with the chat, and when another one is made."""
    client, visitor, page, conversation = voice
    offer_call(client, conversation, good_s=1)
    until(lambda: visitor.events(since=1)["events"][0]["left_s"] == 0 and refused(answer_offer, visitor, 2, number="+49 30 1234567") == "over")
    offer_call(client, conversation)
    assert refused(answer_offer, visitor, 2) == "over"
    client.command("conversation.close", conv=conversation, force=True)
    assert refused(answer_offer, visitor, 3, number="+49 30 1234567") == "over"
    assert refused(offer_call, client, conversation) == "no-chat"


def test_an_offer_outlives_the_engine(desk, voice):
    client, visitor, page, conversation = voice
    offer_call(client, conversation)
    desk.kill()
    desk.start()
    visitor.address = desk.chat = webchat.start(desk)
    client.sign_in()
    told = answer_offer(visitor, 2, number="+49 30 1234567")
    desk.kill()
    desk.start()
    visitor.address = desk.chat = webchat.start(desk)
    client.sign_in()
    assert answer_offer(visitor, 2, number="+49 30 1234567") == told
    assert [event["kind"] for event in visitor.events()["events"]] == ["message", "call-offered", "callback"]
    assert len([entry for entry in timeline(client, conversation) if entry["kind"] == "promise"]) == 1
    rebuilt(desk)


def test_nobody_is_there_for_an_offer(desk):
    """A visitor who has gone, a conversation that is no chat, an agent without a telephone, and an office without a telephone system."""
    client, visitor = desk.client, Visitor(desk.chat)
    visitor.post("and gone")
    rows = client.get("/v1/views/all/rows?limit=200")["rows"]
    [chat] = [row for row in rows if row["snippet"] == "and gone"]
    mail = next(row for row in rows if row["channel"] == "email")
    assert refused(offer_call, client, chat["id"]) == "gone"
    assert refused(offer_call, client, mail["id"]) == "no-chat"
    me = client.get("/v1/snapshot")["me"]
    client.command("agent.save", {**{name: me[name] for name in ("name", "address", "role")}, "agent": me["id"], "phone": "", "extension": ""})
    until(lambda: refused(offer_call, client, chat["id"]) == "no-phone")
    client.command("agent.save", {**{name: me[name] for name in ("name", "address", "role", "phone", "extension")}, "agent": me["id"]})
    for channel in client.get("/v1/snapshot")["channels"]:
        if channel["kind"] == "phone":
            client.command("channel.remove", {"channel": channel["id"]})
    until(lambda: refused(offer_call, client, chat["id"]) == "no-pbx")
