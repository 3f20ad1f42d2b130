# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone from a PBX' own words to entries, live frames and callbacks: recordings of a real one are played to the engine."""

import contextlib
import pathlib
import re
import socket
import sqlite3
import time

import pytest

import liaison
from patience import until

TRACES = pathlib.Path(__file__).resolve().parents[1] / "fixtures/ami"


def add_agents(client):
    """alice is me; the numbers of the recordings."""
    me = client.get("/v1/snapshot")["me"]["id"]
    client.command("agent.save", {"agent": me, "name": "Alice", "phone": "PJSIP/alice", "extension": "201"})
    bob = client.command("agent.save", {"name": "Bob", "phone": "PJSIP/bob", "extension": "202"})["d"]["agent"]
    return me, bob


def play(client, name, speed=20, wrapup_s=0):
    """Begins a recording; gives the channel."""
    client.command("queue.save", {"queue": "q_1", "wrapup_s": wrapup_s})
    d = {"kind": "phone", "system": "replay", "traces": str(TRACES / f"{name}.txt"), "speed": speed, "country": "US"}
    return client.command("channel.add", d)["d"]["channel"]


def is_call(state):
    return lambda frame: frame["t"] == "live" and frame["k"] == "call" and frame["d"]["call"]["state"] == state


def ended_entry(client, stream, uniqueid=None, after=None):
    """The call's entry once the end of it is in the store; `after`: another one than this row's. An event has the entry as it is when it is sent, so
    that one before the last may show the end already."""
    for event in stream.events():
        if event["k"] in ("entry.added", "entry.changed") and event["d"]["entry"]["kind"] == "call":
            call = event["d"]["entry"]["d"]
            if call["ended"] and uniqueid in (None, call["uniqueid"]) and (after is None or event["d"]["entry"]["seq"] > after["seq"]):
                return event["d"]["entry"], event["d"]["row"]
    raise AssertionError


def all_calls(client):
    """Every call's entry in the store."""
    found = []
    for view in ("all", "closed"):
        for row in client.get(f"/v1/views/{view}/rows?limit=200")["rows"]:
            found += [e for e in client.get(f"/v1/conversations/{row['id']}")["timeline"] if e["kind"] == "call"]
    return found


def wait_until(condition):
    assert until(condition)


def change(tmp_path, name, what):
    """A copy of a recording. `what` gives for each message and its second from the beginning on the second when it is to come, or None for not at all."""
    first, messages = None, []
    for message in (TRACES / f"{name}.txt").read_bytes().split(b"\r\n\r\n"):
        found = re.search(rb"^Timestamp: ([\d.]+)", message, re.M)
        first = first or (found and float(found[1]))
        second = what(float(found[1]) - first) if found else 0
        if second is not None:
            messages.append(message.replace(found[0], b"Timestamp: %.6f" % (first + second)) if found else message)
    (tmp_path / "changed.txt").write_bytes(b"\r\n\r\n".join(messages))
    return tmp_path / "changed"


def cut(tmp_path, name, at_s):
    """A copy that ends there: a call that goes on then goes on until the engine ends."""
    return change(tmp_path, name, lambda second: second if second < at_s else None)


def pause(tmp_path, name, at_s, for_s):
    """A copy in which nothing happens for a while."""
    return change(tmp_path, name, lambda second: second if second < at_s else second + for_s)


def test_connect_now(client):
    """What is no telephone system is tried again after minutes; whoever has mended it need not wait."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        port = server.getsockname()[1]
        channel = client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": port, "tls": "none",
                                                 "login": "liaison", "password": "x", "country": "US", "context": "agents"})["d"]["channel"]
        for _ in range(3):
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            wait_until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "reconnecting")
            client.command("channel.sync", {"channel": channel})


def test_a_telephone_system_is_set_up_once(client):
    def pbx(**fields):
        return {"kind": "phone", "system": "asterisk", "name": "Office", "host": "localhost", "port": 9, "tls": "none", "login": "liaison", "password": "x",
                "country": "US", "context": "agents", **fields}

    client.command("channel.add", pbx())
    second = client.command("channel.add", pbx(port=10))["d"]["channel"]
    for refused in (("channel.add", pbx()), ("channel.update", {"channel": second, "port": 9})):
        with pytest.raises(liaison.Problem, match="exists"):
            client.command(*refused)
    client.command("channel.update", {"channel": second, "name": "Warehouse"})


def test_an_answered_call(client):
    me, _ = add_agents(client)
    with client.stream() as stream:
        pbx = play(client, "01-answer-agent-hangup")
        ringing = stream.wait_for(is_call("ringing"))["d"]["call"]
        talking = stream.wait_for(is_call("talking"))["d"]["call"]
        entry, row = ended_entry(client, stream)

    assert ringing["offers"][0]["agent"] == me
    assert talking["pbx"] == pbx
    call = entry["d"]
    assert entry["dir"] == "in" and entry["author"]["kind"] == "customer"
    assert call["id"] == entry["id"] and call["conv"] == row["id"] == entry["conv"] and call["customer"] == row["customer"]["id"]
    assert call["outcome"] == "answered" and call["number"] == "5551000"
    assert [(s["agent"], s["kind"]) for s in call["segments"]] == [(me, "ring"), (me, "talk")]
    queue = next(q for q in client.get("/v1/snapshot")["queues"] if q["phone_name"] == "support")
    assert queue["phone_channel"] == pbx and queue["name"] == "Support" and queue["id"] == "q_1"  # the one that was there
    assert call["queue"] == call["waits"][0]["queue"] == queue["id"] and call["waits"][0]["result"] == "answered"
    assert row["state"] == "pending" and row["assignee"] == me and not row["callback"] and row["channel"] == "phone"
    assert client.get("/v1/snapshot")["calls"] == []


def test_a_waiting_caller_is_due(client, tmp_path):
    add_agents(client)
    with client.stream() as stream:
        play(client, cut(tmp_path, "03-abandon-waiting", 4))
        known = stream.wait_for(lambda frame: is_call("waiting")(frame) and frame["d"]["call"]["conv"])["d"]["call"]
        row = next(row for row in client.get("/v1/views/waiting/rows")["rows"] if row["id"] == known["conv"])
        snapshot = client.get("/v1/snapshot")

    assert row["state"] == "open" and row["waiting_since"] == known["created"] and not row["callback"]
    assert [call["uniqueid"] for call in snapshot["calls"]] == [known["uniqueid"]]
    assert client.get("/v1/views/callbacks/rows")["total"] == 0


def test_who_gives_up_is_to_be_called(client):
    add_agents(client)
    with client.stream() as stream:
        play(client, "03-abandon-waiting")
        entry, row = ended_entry(client, stream)

    assert entry["d"]["outcome"] == "abandoned" and entry["d"]["waits"][0]["result"] == "abandoned"
    assert row["state"] == "open" and row["callback"] and row["due_at"] > entry["d"]["ended"]
    callbacks = client.get("/v1/views/callbacks/rows")
    assert callbacks["total"] == 1 and callbacks["rows"][0]["id"] == row["id"]

    client.command("callback.done", {"entry": entry["id"]})
    assert client.get("/v1/views/callbacks/rows")["total"] == 0
    assert client.get(f"/v1/conversations/{row['id']}")["conversation"]["state"] == "pending"


def test_getting_through_settles_the_callback(client):
    add_agents(client)
    with client.stream() as stream:
        play(client, "24-queue-timeout")
        _, missed = ended_entry(client, stream)
        assert missed["callback"]  # the queue gave up
        play(client, "01-answer-agent-hangup")
        answered, row = ended_entry(client, stream, after=missed)

    assert answered["d"]["match"] == "exact" and row["id"] == missed["id"]
    assert row["state"] == "pending" and not row["callback"] and row["entries"] == 2
    assert client.get("/v1/views/callbacks/rows")["total"] == 0


def test_what_a_caller_has_been_through(client, tmp_path):
    """It comes with the ring itself; the card of the customer says the same, and what is kept of the call does not."""
    add_agents(client)
    with client.stream() as stream:
        play(client, "24-queue-timeout")
        first, _ = ended_entry(client, stream)
        play(client, pause(tmp_path, "01-answer-agent-hangup", 0.5, 200))
        ring = stream.wait_for(lambda frame: is_call("ringing")(frame) and "effort" in frame["d"]["call"])["d"]["call"]
        second, _ = ended_entry(client, stream)
    card = client.get(f"/v1/customers/{first['d']['customer']}")["customer"]

    assert ring["customer"] == card["id"] and ring["match"] == "exact"
    assert {name: ring["effort"][name] for name in ("calls_today", "answered_today", "contacts", "transfers", "open")} == \
        {"calls_today": 2, "answered_today": 0, "contacts": 2, "transfers": 0, "open": 1}
    assert (card["effort"]["calls_today"], card["effort"]["answered_today"]) == (2, 1)
    assert "effort" not in first["d"] and "effort" not in second["d"]


def test_a_call_is_recorded_once(engine):
    client = engine.client
    add_agents(client)
    with client.stream() as stream:
        play(client, "01-answer-agent-hangup")
        ended_entry(client, stream)
    before = all_calls(client)
    engine.stop()
    engine.start()
    with client.stream() as stream:
        stream.wait_for(is_call("ended"))  # the recording is played once more
        client.new_conversation()  # behind whatever the call would write

    assert all_calls(client) == before and len(before) == 1


def test_what_nobody_saw_end_is_lost(engine, tmp_path):
    client = engine.client
    add_agents(client)
    with client.stream() as stream:
        play(client, pause(tmp_path, "01-answer-agent-hangup", 3, 200))
        uniqueid = stream.wait_for(lambda frame: is_call("talking")(frame) and frame["d"]["call"]["id"])["d"]["call"]["uniqueid"]
        for event in stream.events():
            if event["k"] == "entry.changed" and event["d"]["entry"]["d"]["state"] == "talking":
                break
    engine.kill()
    cut(tmp_path, "01-answer-agent-hangup", 0.1)  # the telephone system knows nothing of it any more
    engine.start()
    wait_until(lambda: all_calls(client)[0]["d"]["ended"])
    call = all_calls(client)[0]["d"]

    assert call["uniqueid"] == uniqueid and call["outcome"] == "lost"
    assert call["answered"] and all(segment["to"] for segment in call["segments"])


def test_the_end_is_kept_when_the_store_can_again(engine, tmp_path):
    """The store cannot write while a call ends: its entry is brought up to date as soon as it can."""
    client = engine.client
    add_agents(client)
    with client.stream() as stream:
        play(client, pause(tmp_path, "01-answer-agent-hangup", 3, 200))
        for event in stream.events():
            if event["k"] == "entry.changed" and event["d"]["entry"]["d"]["state"] == "talking":
                break
        with contextlib.closing(sqlite3.connect(engine.data / "liaison.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            stream.wait_for(is_call("ended"))
            wait_until(lambda: any("could not be kept" in line for line in engine.lines))
            database.execute("ROLLBACK")
    wait_until(lambda: all_calls(client)[0]["d"]["ended"])
    [call] = all_calls(client)
    assert call["d"]["outcome"] == "answered" and [segment["kind"] for segment in call["d"]["segments"]] == ["ring", "talk"]


def test_a_call_ends_before_its_queue_is_ours(engine):
    """A queue that was just found is not in the store yet when its first call ends: that has its queue, and its agent wraps up, all the same."""
    client = engine.client
    me, _ = add_agents(client)
    with client.stream() as stream, contextlib.closing(sqlite3.connect(engine.data / "liaison.db", isolation_level=None)) as database:
        play(client, "01-answer-agent-hangup", wrapup_s=60)
        database.execute("BEGIN IMMEDIATE")
        stream.wait_for(is_call("talking"))
        time.sleep(0.5)  # the recording goes on for 0.15 s, and its end is not told before there is the queue
        database.execute("ROLLBACK")
        entry, _ = ended_entry(client, stream)
    assert entry["d"]["queue"] == entry["d"]["waits"][0]["queue"] == "q_1"
    wait_until(lambda: client.get("/v1/snapshot")["me"]["availability"] == "wrap-up")
    [saved] = all_calls(client)
    assert [(s["agent"], s["kind"]) for s in saved["d"]["segments"]] == [(me, "ring"), (me, "talk"), (me, "wrap")]


def test_wrapup_ends_when_it_is_saved(client):
    me, _ = add_agents(client)
    with client.stream() as stream:
        play(client, "01-answer-agent-hangup", wrapup_s=60)
        entry, row = ended_entry(client, stream)
        wait_until(lambda: client.get("/v1/snapshot")["me"]["availability"] == "wrap-up")
        client.command("availability.set", {"state": "paused", "reason": "Lunch"})  # for afterwards
        assert client.get("/v1/snapshot")["me"]["availability"] == "wrap-up"
        client.command("call.wrapup", {"call": entry["d"]["uniqueid"], "disposition": "order", "text": "Wants two more"})
        wait_until(lambda: client.get("/v1/snapshot")["me"]["availability"] == "paused")

    agent = client.get("/v1/snapshot")["me"]
    assert agent["reason"] == "Lunch"
    wait_until(lambda: all_calls(client)[0]["d"]["segments"][-1]["to"])
    [saved] = all_calls(client)
    assert saved["text"] == "Wants two more" and saved["d"]["disposition"] == "order"
    assert [(s["agent"], s["kind"]) for s in saved["d"]["segments"]] == [(me, "ring"), (me, "talk"), (me, "wrap")]
    assert client.get("/v1/search?q=two+more")["hits"][0]["entry"] == saved["id"]


def test_pausing_reaches_the_queue(client):
    me, _ = add_agents(client)
    with client.stream() as stream:
        play(client, "01-answer-agent-hangup")
        stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "member" and frame["d"]["member"]["agent"] == me)
        client.command("availability.set", {"state": "paused", "reason": "Lunch"})
        asked = time.monotonic()
        member = stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "member" and frame["d"]["member"]["paused"])["d"]["member"]

    assert time.monotonic() - asked < 10
    assert member["agent"] == me and member["reason"] == "Lunch"


def test_a_pause_set_on_the_pbx_is_mine(client, tmp_path):
    """An event shows its agent as she is by then: the recording stops before the pause ends."""
    me, _ = add_agents(client)
    recording = (TRACES / "07-login-pause-penalty-logout.txt").read_bytes()
    (tmp_path / "paused.txt").write_bytes(recording[:recording.index(b"Timestamp: 1795325487.337")])
    with client.stream() as stream:
        play(client, tmp_path / "paused")
        paused = next(e["d"]["agent"] for e in stream.events() if e["k"] == "agent.changed" and e["d"]["agent"]["reason"] == "training")

    assert paused["id"] == me and paused["availability"] == "paused"


def test_what_cannot_be_asked_for(client):
    d = {"call": "1.1"}
    with pytest.raises(liaison.Problem) as refused:
        client.command("call.hangup", d)
    assert refused.value.kind == "validation" and refused.value.body["errors"][0]["code"] == "no-phone"

    add_agents(client)
    wait_until(lambda: client.get("/v1/snapshot")["me"]["phone"] == "PJSIP/alice")
    with pytest.raises(liaison.Problem) as over:
        client.command("call.hangup", d)
    assert over.value.kind == "not-found"
    with pytest.raises(liaison.Problem) as nowhere:
        client.command("call.dial", {"number": "call me"})
    assert nowhere.value.kind == "validation" and nowhere.value.body["errors"][0]["code"] == "no-target"
    assert refusal(client, "call.dial", {"number": "0800 FLOWERS"}) == refusal(client, "call.dial", {"number": "1" * 41}) == "no-target"
    with pytest.raises(liaison.Problem) as down:
        client.command("call.dial", {"number": "+49 30 12345678"})
    assert down.value.kind == "channel-down"


def test_an_agents_own_rights(client, colleague):
    for name, d in [("call.supervise", {"call": "1", "agent": "a_1", "mode": "listen"}), ("queue.pause-agent", {"agent": "a_1", "on": True}),
                    ("queue.save", {"name": "Sales"}), ("agent.save", {"name": "Eve"})]:
        with pytest.raises(liaison.Problem) as refused:
            colleague.command(name, d)
        assert refused.value.kind == "forbidden", name


def refusal(client, name, d):
    with pytest.raises(liaison.Problem) as refused:
        client.command(name, d)
    problem = refused.value
    return problem.body["errors"][0]["code"] if problem.kind == "validation" else problem.kind


def test_who_may_call_where(client, colleague):
    """A recording dials nothing: what the rules let through ends at the telephone system."""
    add_agents(client)
    client.command("agent.save", {"agent": "a_900001", "phone": "PJSIP/carol", "extension": "203"})
    pbx = play(client, "01-answer-agent-hangup", speed=1)
    wait_until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")

    assert refusal(colleague, "call.dial", {"number": "+1 212 555 1000"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "201"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "+44 20 7183 8750"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "011 44 20 7183 8750"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "+44 90 1234 5678"}) == "no-premium"
    assert refusal(colleague, "call.dial", {"number": "1 900 234 5678"}) == "no-premium"
    assert refusal(client, "call.dial", {"number": "1 900 234 5678"}) == "no-premium"

    client.command("channel.update", {"channel": pbx, "dial_abroad": "admin", "dial_agent": "+44*", "dial_admin": "*", "dial_per_minute": 5})
    wait_until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")
    config = client.get("/v1/snapshot")["channels"][0]["config"]
    assert (config["dial_abroad"], config["dial_agent"]) == ("admin", "+44*")
    assert refusal(client, "call.dial", {"number": "+33 1 23 45 67 89"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "+33 1 23 45 67 89"}) == "no-international"
    assert refusal(client, "call.dial", {"number": "1 900 234 5678"}) == "channel-down"
    assert refusal(colleague, "call.dial", {"number": "1 900 234 5678"}) == "no-premium"
    assert refusal(colleague, "call.dial", {"number": "+44 20 7183 8750"}) == "channel-down"
    wait_until(lambda: refusal(colleague, "call.dial", {"number": "+44 20 7183 8751"}) == "too-many")
    assert refusal(colleague, "call.dial", {"number": "201"}) == refusal(colleague, "call.dial", {"number": "911"}) == "channel-down"
    assert refusal(client, "channel.update", {"channel": pbx, "dial_agent": "England"}) == "value"
    assert refusal(client, "channel.update", {"channel": pbx, "dial_abroad": "everybody"}) == "value"


def test_only_administrators_let_it_ring(client, colleague):
    d = {"system": "asterisk", "host": "127.0.0.1", "port": 1, "tls": "none", "login": "x", "password": "x"}
    assert not colleague.post("/v1/doctor/phone", d)["ok"]
    with pytest.raises(liaison.Problem) as refused:
        colleague.post("/v1/doctor/phone", {**d, "phone": "PJSIP/ann"})
    assert refused.value.kind == "forbidden"
    assert not client.post("/v1/doctor/phone", {**d, "phone": "PJSIP/ann"})["ok"]


def test_what_is_done_to_others_is_written_down(engine, colleague):
    client = engine.client
    client.command("queue.pause-agent", {"agent": "a_900001", "on": True, "reason": "Lunch"})
    client.command("queue.pause-agent", {"agent": "a_900001", "on": False})
    client.command("queue.pause-agent", {"agent": "a_1", "on": True, "reason": "Mine"})
    page = client.get("/v1/audit?limit=1")
    older = client.get(f"/v1/audit?before={page['next']}")

    assert [(row["actor"], row["what"], row["agent"], row["d"]["on"]) for row in page["rows"]] == [("a_1", "queue.pause-agent", "a_900001", False)]
    assert [(row["agent"], row["d"]["reason"]) for row in older["rows"]] == [("a_900001", "Lunch")] and older["next"] is None
    with pytest.raises(liaison.Problem) as refused:
        colleague.get("/v1/audit")
    assert refused.value.kind == "forbidden"
    with colleague.stream(epoch=client.get("/v1/snapshot")["epoch"], since=1) as stream:
        conversation = client.new_conversation()
        told = [event["k"] for event in stream.events_until(int(conversation[2:]))]
    assert "agent.changed" in told and "audit.noted" not in told

    engine.stop()
    assert liaison.run("rebuild", "--data", engine.data)[0] == 0
    engine.start()
    assert client.get("/v1/audit")["rows"] == page["rows"] + older["rows"]


def test_the_audit_of_one(client, colleague):
    _, bob = add_agents(client)
    client.command("queue.pause-agent", {"agent": "a_900001", "on": True})
    client.command("queue.pause-agent", {"agent": bob, "on": True})
    client.command("agent.save", {"agent": bob, "name": "Bob", "role": "supervisor"})

    def paused(agent):
        return [row["agent"] for row in client.get(f"/v1/audit?agent={agent}")["rows"]]

    assert paused("a_900001") == ["a_900001"] and paused(bob) == [bob] and paused("a_1") == [bob, "a_900001"] and paused("a_77") == []
    with pytest.raises(liaison.Problem) as refused:
        client.get("/v1/audit?agent=everybody")
    assert refused.value.kind == "validation"
    client.command("agent.save", {"agent": "a_900001", "name": "Colleague", "role": "supervisor"})
    assert len(colleague.get("/v1/audit")["rows"]) == 2


def live_calls(stream, until):
    """The calls of which a stream was told, up to the frame for which until(frame) is true."""
    told = []
    while True:
        frame = stream.receive()
        if frame["t"] == "live" and frame["k"] == "call":
            told.append(frame["d"]["call"])
        if frame["t"] == "live" and frame["k"] == "all":
            told += frame["d"]["calls"]
        if until(frame):
            return told


def test_calls_are_seen_by_whose_they_are(client, colleague, tmp_path):
    """Ben's telephone is in no queue: he hears nothing of the queue's caller, whose entry he can read as any other."""
    add_agents(client)
    with client.stream() as mine, colleague.stream() as his:
        play(client, pause(tmp_path, "01-answer-agent-hangup", 3, 200))
        mine.wait_for(is_call("talking"))
        assert client.get("/v1/snapshot")["calls"] and client.get("/v1/snapshot")["members"]
        assert colleague.get("/v1/snapshot")["calls"] == colleague.get("/v1/snapshot")["members"] == []
        [queue] = [queue for queue in colleague.get("/v1/queues")["queues"] if queue["queue"]["id"] == "q_1"]
        assert queue["members"] == queue["calls"] == []
        entry, _ = ended_entry(client, mine)
        assert live_calls(his, lambda frame: frame["t"] == "ev" and frame["k"] == "entry.changed" and frame["d"]["entry"]["d"]["ended"]) == []
    assert entry["d"]["number"] == "5551000"


def test_an_agent_sees_the_own_queue(client, colleague):
    """The same with Ben's telephone as the queue's."""
    client.command("agent.save", {"agent": "a_900001", "phone": "PJSIP/alice", "extension": "201"})
    with colleague.stream() as his:
        play(client, "01-answer-agent-hangup")
        ringing = his.wait_for(is_call("ringing"))["d"]["call"]
        talking = his.wait_for(is_call("talking"))["d"]["call"]
        assert [member["agent"] for member in colleague.get("/v1/snapshot")["members"]] == ["a_900001"]
    assert ringing["uniqueid"] == talking["uniqueid"]


def test_a_new_role_is_seen_at_once(client, colleague, tmp_path):
    add_agents(client)
    with client.stream() as mine, colleague.stream() as his:
        play(client, cut(tmp_path, "03-abandon-waiting", 4))
        waiting = mine.wait_for(lambda frame: is_call("waiting")(frame) and frame["d"]["call"]["conv"])["d"]["call"]
        with pytest.raises(liaison.Problem) as refused:
            colleague.command("call.take", {"call": waiting["uniqueid"]})
        assert refused.value.kind in ("forbidden", "validation")
        client.command("agent.save", {"agent": "a_900001", "role": "supervisor"})
        told = his.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "all" and frame["d"]["calls"])
    assert [call["uniqueid"] for call in told["d"]["calls"]] == [waiting["uniqueid"]]


def test_a_promised_call(client):
    conversation = client.new_conversation()
    due = "2030-01-01T10:00:00.000Z"
    entry = client.command("callback.create", {"due": due, "number": "+4930123456", "reason": "asks for Ann"}, conv=conversation)["d"]["entry"]
    row = client.get("/v1/views/callbacks/rows")["rows"][0]

    assert row["id"] == conversation and row["due_at"] == due and row["callback"] and row["state"] == "open" and row["assignee"] == "a_1"
    client.command("callback.done", {"entry": entry})
    assert client.get("/v1/views/callbacks/rows")["total"] == 0


def test_the_same_again_from_the_journal(engine):
    """A rebuild arrives at equal rows."""
    client = engine.client
    add_agents(client)
    with client.stream() as stream:
        play(client, "05-ring-no-answer")
        ended_entry(client, stream)
    before = client.get("/v1/views/all/rows")["rows"], all_calls(client)
    engine.stop()
    assert liaison.run("rebuild", "--data", engine.data)[0] == 0
    engine.start()

    assert (client.get("/v1/views/all/rows")["rows"], all_calls(client)) == before


def test_the_figures_of_a_queue(client):
    me, _ = add_agents(client)
    client.command("queue.save", {"queue": "q_1", "service_target_s": 20, "short_s": 0})
    with client.stream() as stream:
        play(client, "01-answer-agent-hangup")
        answered, _ = ended_entry(client, stream)
        figures = client.get("/v1/metrics/queues")
    [queue] = [queue for queue in figures["queues"] if queue["queue"] == "q_1"]
    wait = answered["d"]["waits"][0]

    assert (queue["entered"], queue["offered"], queue["answered"], queue["abandoned"], queue["waiting"]) == (1, 1, 1, 0, 0)
    assert queue["service_level"] == 1.0 and queue["service_level_kind"] == "negative"
    assert 0 < queue["asa_s"] == queue["wait_median_s"] == queue["wait_p90_s"] < 1
    [agent] = [agent for agent in figures["agents"] if agent["agent"] == me]
    assert agent["handled"] == 1 and 0 < agent["occupancy"] < 1
    [row] = client.get(f"/v1/metrics/handled/rows?agent={agent['agent']}")["rows"]
    assert row["handling_s"] == pytest.approx(agent["aht_s"], abs=0.01) and row["queue"] == "q_1" and row["to"]
    for path in "/v1/metrics/handled/rows?queue=q_1", f"/v1/metrics/answered/rows?agent={agent['agent']}":
        with pytest.raises(liaison.Problem, match="not-found"):
            client.get(path)

    rows = client.get("/v1/metrics/answered/rows?queue=q_1")["rows"]
    assert [(row["entry"], row["conv"], row["from"], row["to"], row["result"]) for row in rows] == \
        [(answered["id"], answered["conv"], wait["from"], wait["to"], "answered")]
    assert client.get("/v1/metrics/abandoned/rows?queue=q_1")["rows"] == []
    with pytest.raises(liaison.Problem) as unknown:
        client.get("/v1/metrics/happiness/rows?queue=q_1")
    assert unknown.value.status == 404


def test_no_figure_of_nothing(client):
    add_agents(client)
    with client.stream() as stream:
        play(client, "01-answer-agent-hangup")
        ended_entry(client, stream)
    [queue] = [q for q in client.get("/v1/metrics/queues?since=2001-01-01T00:00:00.000Z&until=2001-01-02T00:00:00.000Z")["queues"] if q["queue"] == "q_1"]

    assert queue["entered"] == 0 and queue["service_level"] is None and queue["asa_s"] is None and queue["aht_s"] is None


def test_every_caller_is_behind_a_figure(client, tmp_path):
    add_agents(client)
    with client.stream() as stream:
        play(client, pause(tmp_path, "29-positions-priority", 5, 200))
        stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "call" and frame["d"]["call"]["waits"] and frame["d"]["call"]["waits"][-1]["position"] == 4)
        now = next(queue for queue in client.get("/v1/queues")["queues"] if queue["queue"]["id"] == "q_1")
        wait_until(lambda: sum(bool(e["d"]["ended"]) for e in all_calls(client)) == 4)

    assert now["waiting"] == len(now["calls"]) == 4
    first = client.get("/v1/metrics/entered/rows?queue=q_1&limit=3")
    second = client.get(f"/v1/metrics/entered/rows?queue=q_1&limit=3&after={first['next']}")
    assert len(first["rows"]) == 3 and len(second["rows"]) == 1 and second["next"] is None
    assert len({row["entry"] for row in first["rows"] + second["rows"]}) == 4
    assert {row["result"] for row in first["rows"] + second["rows"]} == {"abandoned"}
    [queue] = [q for q in client.get("/v1/metrics/queues")["queues"] if q["queue"] == "q_1"]
    assert queue["abandoned"] + queue["short"] == 4 and queue["callbacks_due"] == 4 and queue["callbacks_late"] == 0


def test_the_telephone_in_the_app(engine, colleague):
    client = engine.client
    account = {"server": "pbx.example.org", "port": 5061, "transport": "tls", "user": "alice", "secret": "s3cret-word", "ca": None}
    with pytest.raises(liaison.Problem) as none:
        client.get("/v1/phone/account")
    assert none.value.status == 404
    client.command("agent.phone", {"agent": "a_1", "account": account})

    assert client.get("/v1/phone/account") == account
    with pytest.raises(liaison.Problem) as others:
        colleague.get("/v1/phone/account")
    assert others.value.status == 404
    with pytest.raises(liaison.Problem) as refused:
        colleague.command("agent.phone", {"agent": "a_1", "account": None})
    assert refused.value.kind == "forbidden"
    with pytest.raises(liaison.Problem) as wrong:
        client.command("agent.phone", {"agent": "a_1", "account": {**account, "transport": "pigeon"}})
    assert wrong.value.body["errors"][0]["pointer"] == "/d/account/transport"
    for file in engine.data.rglob("*"):
        assert not file.is_file() or b"s3cret-word" not in file.read_bytes(), file

    assert client.get("/v1/phone/account?agent=a_1") == account
    with pytest.raises(liaison.Problem) as spying:
        colleague.get("/v1/phone/account?agent=a_1")
    assert spying.value.kind == "forbidden"

    client.command("agent.phone", {"agent": "a_1", "account": None})
    with pytest.raises(liaison.Problem) as gone:
        client.get("/v1/phone/account")
    assert gone.value.status == 404


def test_a_colleagues_telephone(engine, colleague):
    """An administrator gives it, and changes it without ever being told its secret."""
    client = engine.client
    account = {"server": "pbx.example.org", "port": 5061, "transport": "tls", "user": "ben", "secret": "s3cret-word", "ca": None}
    assert refusal(client, "agent.phone", {"agent": "a_900001", "account": {**account, "secret": ""}}) == "missing"
    client.command("agent.phone", {"agent": "a_900001", "account": account})
    assert colleague.get("/v1/phone/account") == account
    assert client.get("/v1/phone/account?agent=a_900001") == {**account, "secret": ""}

    client.command("agent.phone", {"agent": "a_900001", "account": {**account, "server": "new.example.org", "secret": ""}})
    assert colleague.get("/v1/phone/account") == {**account, "server": "new.example.org"}


def test_each_queue_becomes_ours_once(engine):
    client = engine.client
    add_agents(client)
    with client.stream() as stream:
        pbx = play(client, "30-transfer-to-other-queue")
        entry, _ = ended_entry(client, stream)
    queues = {queue["id"]: queue for queue in client.get("/v1/snapshot")["queues"]}

    assert sorted(queue["phone_name"] for queue in queues.values()) == sorted({queue["phone_name"] for queue in queues.values()})
    assert [queues[wait["queue"]]["phone_name"] for wait in entry["d"]["waits"]] == ["support", "sales"]
    assert {queue["phone_channel"] for queue in queues.values()} == {pbx}


def is_metrics(frame):
    return frame["t"] == "metrics"


def timeless(figures):
    """Without what grows as time goes on."""
    return {**figures, "until": None, "agents": [{**agent, "available_s": 0, "paused_s": 0} for agent in figures["agents"]]}


def test_figures_are_told_to_who_watches(client):
    add_agents(client)
    with client.stream(metrics=True) as watching, client.stream() as other:
        assert watching.wait_for(is_metrics)["d"]["queues"] == []
        play(client, "03-abandon-waiting")
        ended_entry(client, other)
        told = watching.wait_for(lambda frame: is_metrics(frame) and frame["d"]["queues"] and frame["d"]["queues"][0]["entered"] == 1)["d"]
        while told["queues"][0]["callbacks_due"] == 0:
            told = watching.wait_for(is_metrics)["d"]
        while timeless(told) != timeless(client.get("/v1/metrics/queues")):
            told = watching.wait_for(is_metrics)["d"]
    [queue] = told["queues"]
    assert sum(hour["entered"] for hour in queue["hours"]) == 1 and queue["hours"][0]["from"] == told["since"]
    assert queue["abandoned"] + queue["short"] == 1 and queue["service_level"] in (0.0, None)


def test_watching_begins_and_ends(client):
    with client.stream() as stream:
        stream.send({"t": "watch", "views": [], "metrics": True})
        stream.wait_for(is_metrics)
        stream.send({"t": "watch", "views": []})
        client.new_conversation()
        stream.send({"t": "ping"})
        stream.wait_for(lambda frame: frame["t"] == "pong")


def test_figures_are_for_supervisors(client):
    me, _ = add_agents(client)
    with client.stream(metrics=True) as stream:
        stream.wait_for(is_metrics)
        client.command("agent.save", {"agent": me, "role": "agent"})
        for path in "/v1/metrics/queues", "/v1/metrics/entered/rows?queue=q_1":
            with pytest.raises(liaison.Problem) as refused:
                client.get(path)
            assert refused.value.kind == "forbidden"
        stream.send({"t": "ping"})
        stream.wait_for(lambda frame: frame["t"] == "pong")  # behind what was on its way
        with pytest.raises(TimeoutError):
            stream.wait_for(is_metrics, timeout=1.5)
