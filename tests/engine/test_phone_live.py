# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole engine with a real Asterisk: what callers and agents do becomes entries, and what is asked for is done. Skipped without one."""

import datetime
import random
import time

import pytest

import liaison
import pbx
import tones
from phone_engine import connect, ended, entries, live, queues_of, until_ready

KILLS = 2

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def test_a_caller_is_answered(lab, client):
    connect(client)
    alice = lab.agent("alice", "support")
    with client.stream() as stream:
        caller = lab.caller().dial(500)
        frame = stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "call" and frame["d"]["call"]["state"] == "ringing")
        assert frame["d"]["call"]["number"] == "5551000"
    talk = alice.answer()
    assert caller.hears(tones.AGENT)
    live(client, "5551000", "talking")
    talk.hang_up()
    call = ended(client, "5551000")

    assert call["outcome"] == "answered" and call["dir"] == "in"
    assert "talk" in [segment["kind"] for segment in call["segments"]]
    assert [wait["result"] for wait in call["waits"]] == ["answered"]


def test_the_ring_is_told_at_once(lab, client):
    """The card has to be there before the second ring: from the telephone's ringing to the frame at the app."""
    connect(client)
    alice = lab.agent("alice", "support")
    delays = []
    with client.stream() as stream:
        for index in range(10):
            number = f"55530{index:02}"
            caller = lab.caller(number).dial(500)
            assert pbx.until(alice.ringing)
            rung = time.monotonic()
            stream.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "call" and frame["d"]["call"]["number"] == number and frame["d"]["call"]["state"] == "ringing")
            delays.append(max(0.0, time.monotonic() - rung) * 1000)
            caller.hang_up()
            ended(client, number)
    print(f"ringing to frame: {sorted(round(delay) for delay in delays)} ms")
    assert max(delays) < (3000 if liaison.SANITIZED else 1000)


def test_a_new_queue_leaves_time_for_a_note(lab, client):
    """Half a minute, as long as nobody has said otherwise, also when the queue is left out and shown again."""
    assert [queue["wrapup_s"] for queue in client.get("/v1/snapshot")["queues"]] == [30]
    made = client.command("queue.save", {"name": "Fax"})["d"]["queue"]
    assert next(queue for queue in client.get("/v1/snapshot")["queues"] if queue["id"] == made)["wrapup_s"] == 30
    channel = connect(client, hidden_queues=["sales"])["id"]
    assert {queue["wrapup_s"] for queue in queues_of(client, {"support"})} == {0}
    client.command("channel.update", {"channel": channel, "hidden_queues": []})
    assert [queue["wrapup_s"] for queue in queues_of(client, {"sales", "support"})] == [0, 30]
    client.command("queue.save", {"queue": queues_of(client, {"sales"})[0]["id"], "wrapup_s": 0})
    for hidden in ["sales"], []:
        client.command("channel.update", {"channel": channel, "hidden_queues": hidden})
        assert pbx.until(lambda: shown(client)[0] == set(pbx.QUEUES) - set(hidden))
    assert queues_of(client, {"sales"})[0]["wrapup_s"] == 0


def test_who_gives_up_is_called_back(lab, client):
    connect(client)
    lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(500).wait_for("talking")
    live(client, "5551000", "waiting")
    time.sleep(0.5)
    caller.hang_up()
    assert ended(client, "5551000")["outcome"] == "abandoned"
    [row] = client.get("/v1/views/callbacks/rows")["rows"]
    assert row["callback"] and row["due_at"]


def test_commands(lab, client):
    connect(client)
    alice = lab.agent("alice", "support")
    bob = lab.agent("bob")
    caller = lab.caller().dial(500)
    alice.answer()
    call = live(client, "5551000", "talking")["uniqueid"]
    assert caller.hears(tones.AGENT)

    client.command("call.consult", {"call": call, "to": "202"})
    assert caller.hears(tones.ON_HOLD)
    bob.answer()
    live(client, "5551000", "consulting")
    assert pbx.until(lambda: completes(client, call))
    assert caller.hears(tones.COLLEAGUE)
    caller.hang_up()
    assert ended(client, "5551000")["outcome"] == "answered"


def dialogue_of(client, channel):
    """The Call-ID of the agent's telephone in the call that this channel is of, once it is known."""
    def told():
        return [leg["sip"] for call in client.get("/v1/snapshot")["calls"] if any(leg["channel"] == channel for leg in call["legs"])
                for leg in call["legs"] if leg["agent"] and leg["sip"]]

    found = pbx.until(told)
    assert found and len(found) == 1, client.get("/v1/snapshot")["calls"]
    return found[0]


def test_two_callers_with_one_number(lab, client):
    """Which of a telephone's calls is which, by the Call-ID of its SIP dialogue; also after the engine was away."""
    channel = connect(client)["id"]
    alice = lab.agent("alice")
    dialled = [lab.caller(tone=tone).dial(530) for tone in (tones.CALLER, tones.OUTSIDE)]
    assert pbx.until(lambda: len([call for call in alice.calls if call.state == "ringing"]) == 2)
    expected = [dialogue_of(client, lab.channel_of(call)) for call in dialled]
    assert len(set(expected)) == 2
    client.command("channel.update", {"channel": channel, "context": "agents"})  # connects again
    until_ready(client)
    for call, tone, dialogue in zip(dialled, (tones.CALLER, tones.OUTSIDE), expected):
        assert dialogue_of(client, lab.channel_of(call)) == dialogue
        talk = next(talk for talk in alice.calls if talk.id == dialogue)
        talk.answer()
        assert talk.hears(tone) and call.hears(tones.AGENT)
        talk.hang_up()

    own = alice.dial(600)
    assert own.wait_for("talking") and dialogue_of(client, lab.channel_of(own)) == own.id


def shown(client):
    """Which of the PBX' queues are phone queues here, which have a view, and of which members are told."""
    snapshot = client.get("/v1/snapshot")
    names = {queue["id"]: queue["phone_name"] for queue in snapshot["queues"] if queue["phone_name"]}
    return ({queue["phone_name"] for queue in snapshot["queues"] if queue["phone_channel"]},
            {names[view["id"].removeprefix("queue:")] for view in snapshot["views"] if view["id"].removeprefix("queue:") in names},
            {names[member["queue"]] for member in snapshot["members"]})


def test_queues_that_are_left_out(lab, client):
    """Of a new system they are never made; later they go, and come back as they were."""
    lab.agent("alice", *pbx.QUEUES, paused=True)
    channel = connect(client, hidden_queues=["ringall", "night"])["id"]
    assert pbx.until(lambda: shown(client) == (set(pbx.QUEUES) - {"ringall"},) * 3), shown(client)
    before = client.get("/v1/snapshot")["queues"]

    with client.stream() as stream:
        client.command("channel.update", {"channel": channel, "hidden_queues": ["sales"]})
        sales = next(event["d"]["queue"] for event in stream.events() if event["k"] == "queue.changed" and event["d"]["queue"]["phone_name"] == "sales")
        assert sales["hidden"] and not sales["phone_channel"]
    assert pbx.until(lambda: shown(client) == (set(pbx.QUEUES) - {"sales"},) * 3), shown(client)
    lab.caller().dial(501).wait_for("talking")
    assert live(client, "5551000", "waiting")["queue"] == ""
    assert {queue["queue"] for queue in client.get("/v1/metrics/queues")["queues"]} == {queue["id"] for queue in client.get("/v1/snapshot")["queues"] if queue["phone_channel"]}

    client.command("channel.update", {"channel": channel, "hidden_queues": []})
    assert pbx.until(lambda: shown(client) == (set(pbx.QUEUES),) * 3), shown(client)
    assert [queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_name"] != "ringall"] == before
    assert live(client, "5551000", "waiting")["queue"] in [queue["id"] for queue in before if queue["phone_name"] == "sales"]


def completes(client, call):
    try:
        client.command("call.complete", {"call": call})
    except liaison.Problem as problem:
        assert problem.kind == "version-conflict", problem
        return False
    return True


def take(client, number="5551000"):
    client.command("call.take", {"call": live(client, number, "waiting")["uniqueid"]})


def figures(client):
    return next(queue for queue in client.get("/v1/metrics/queues")["queues"] if queue["entered"])


def test_who_is_taken_is_answered_only_then(lab, client):
    """A caller who is taken, refused, back, and taken again was there once, and waited until they talked."""
    connect(client)
    alice = lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(500).wait_for("talking")
    take(client)
    alice.ringing().reject()
    assert pbx.until(lambda: lab.waiting() == ["5551000"])
    take(client)
    talk = alice.ringing()
    assert [wait["result"] for wait in live(client, "5551000", "ringing")["waits"]] == [""]
    time.sleep(3)
    talk.answer()
    assert caller.hears(tones.AGENT)
    live(client, "5551000", "talking")
    talk.hang_up()
    call = ended(client, "5551000")
    [wait] = call["waits"]
    [talked] = [segment for segment in call["segments"] if segment["kind"] == "talk"]
    assert wait["result"] == "grabbed" and [offer["result"] for offer in call["offers"]] == ["rejected", "answered"]
    assert abs(milliseconds(wait["to"]) - milliseconds(talked["from"])) < 1500, call
    queue = figures(client)
    assert (queue["entered"], queue["answered"]) == (1, 1) and queue["asa_s"] >= 3, queue


def milliseconds(text):
    return datetime.datetime.fromisoformat(text).timestamp() * 1000


def test_who_gives_up_while_taken_was_not_answered(lab, client):
    connect(client)
    client.command("queue.save", {"queue": "q_1", "short_s": 0})
    alice = lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(500).wait_for("talking")
    take(client)
    alice.ringing()
    caller.hang_up()
    call = ended(client, "5551000")
    assert call["outcome"] == "abandoned" and [wait["result"] for wait in call["waits"]] == ["abandoned"]
    queue = figures(client)
    assert (queue["entered"], queue["answered"], queue["abandoned"] + queue["short"]) == (1, 0, 1), queue
    assert len(client.get("/v1/views/callbacks/rows")["rows"]) == 1


def test_my_pause_is_the_queues(lab, client):
    connect(client)
    lab.agent("alice", "support")
    assert pbx.until(lambda: [m for m in client.get("/v1/snapshot")["members"] if m["interface"] == "PJSIP/alice"])
    began = time.monotonic()
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    assert pbx.until(lambda: lab.members(Name="alice", Paused="1", PausedReason="Lunch"))
    assert time.monotonic() - began < (20 if liaison.SANITIZED else 1)
    client.command("availability.set", {"state": "available"})
    assert pbx.until(lambda: lab.members(Name="alice", Paused="0"))


def test_who_joins_a_queue_sees_its_callers(lab, client, colleague):
    connect(client)
    client.command("agent.save", {"agent": "a_900001", "phone": "PJSIP/bob", "extension": "202"})
    lab.agent("alice", "support", paused=True)
    lab.agent("bob")
    lab.caller().dial(500).wait_for("talking")
    queue = live(client, "5551000", "waiting")["queue"]
    with colleague.stream() as his:
        assert colleague.get("/v1/snapshot")["calls"] == []
        colleague.command("queue.login", {"queue": queue, "on": True})
        told = his.wait_for(lambda frame: frame["t"] == "live" and frame["k"] == "all" and frame["d"]["calls"])["d"]["calls"]
        assert [call["number"] for call in told] == ["5551000"]
        colleague.command("queue.login", {"queue": queue, "on": False})
        assert pbx.until(lambda: not lab.members(Name="Ben"))
        lab.caller("5552000").dial(500).wait_for("talking")
        live(client, "5552000", "waiting")
        assert "5552000" not in [call["number"] for call in colleague.get("/v1/snapshot")["calls"]]


def test_killed_while_callers_are_there(lab, engine):
    """kill -9 with twenty calls: each is there once afterwards, and how it ended is right, or honestly not known."""
    client = engine.client
    connect(client)
    for number_of_round in range(KILLS):
        numbers = [f"55{number_of_round:02}{index:02}0" for index in range(20)]
        callers = [lab.caller(number).dial(500).wait_for("talking") for number in numbers]
        live(client, numbers[-1], "waiting")
        time.sleep(random.random())
        engine.kill()
        for caller in callers[:5]:
            caller.hang_up()
        engine.start()
        until_ready(client)
        for caller in callers[5:]:
            caller.hang_up()
        calls = [ended(client, number) for number in numbers]
        assert all(call["outcome"] in ("lost", "abandoned") for call in calls[:5])
        assert all(call["outcome"] == "abandoned" for call in calls[5:]), [call["outcome"] for call in calls]
        # What nobody saw is told by what the PBX has noted.
        assert pbx.until(lambda: all(ended(client, number)["outcome"] == "abandoned" for number in numbers[:5]))
    assert len(entries(client)) == 20 * KILLS
    print(f"{KILLS} kills with 20 calls each: all abandoned, 0 lost, 0 doubled, 0 missing")


def test_direct_calls_while_the_engine_was_off(lab, engine):
    """Nobody's queue: how such a call ended says the telephone that was rung."""
    client = engine.client
    connect(client)
    alice = lab.agent("alice")
    engine.stop()
    answered = lab.caller("5554001").dial(530)
    talk = alice.answer()
    assert answered.hears(tones.AGENT)
    talk.hang_up()
    rejected = lab.caller("5554002").dial(530)
    alice.ringing().reject()
    rejected.wait_for("ended")
    lab.caller("5554003").dial(530)
    alice.ringing()
    lab.phones[-1].calls[0].hang_up()
    assert pbx.until(lambda: not lab.channels())

    engine.start()
    until_ready(client)
    assert pbx.until(lambda: len(entries(client)) == 3), entries(client)
    calls = sorted(entries(client), key=lambda call: call["number"])
    assert [(call["number"], call["outcome"], bool(call["answered"]), call["queue"]) for call in calls] == [
        ("5554001", "answered", True, ""), ("5554002", "rejected", False, ""), ("5554003", "abandoned", False, "")]
    assert all(call["offline"] and call["ended"] and call["did"] == "530" and not call["waits"] for call in calls)
    rows = {row["id"] for row in client.get("/v1/views/callbacks/rows")["rows"]}
    assert [call["number"] for call in calls if call["conv"] in rows] == ["5554002", "5554003"]
    assert pbx.until(lambda: not lab.notes()), lab.notes()


def test_missed_while_the_engine_was_off(lab, engine):
    """Nobody watches: three give up, one is let go by the queue, and one of the three gets through later. All of it is there afterwards, once."""
    client = engine.client
    connect(client)
    alice = lab.agent("alice", "support", paused=True)
    engine.stop()
    for number in ("5554001", "5554002", "5554003"):
        caller = lab.caller(number).dial(500).wait_for("talking")
        assert pbx.until(lambda: lab.waiting() == [number])
        caller.hang_up()
    caller = lab.caller("5554004").dial(502).wait_for("talking")
    assert caller.hears(tones.NOBODY)
    caller.hang_up()
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    again = lab.caller("5554002").dial(500)
    talk = alice.answer()
    assert again.hears(tones.AGENT)
    talk.hang_up()
    assert pbx.until(lambda: not lab.channels())

    for _ in range(3):
        engine.start()
        until_ready(client)
        assert pbx.until(lambda: len(entries(client)) == 5), entries(client)
        assert pbx.until(lambda: not lab.notes()), lab.notes()
        engine.stop()
    engine.start()
    calls = sorted(entries(client), key=lambda call: call["uniqueid"])
    assert [(call["number"], call["outcome"]) for call in calls] == [
        ("5554001", "abandoned"), ("5554002", "abandoned"), ("5554003", "abandoned"), ("5554004", "timed-out"), ("5554002", "answered")]
    assert all(call["offline"] and call["ended"] and call["queue"] == client.get("/v1/snapshot")["queues"][0]["id"] for call in calls)
    rows = {row["id"]: row for row in client.get("/v1/views/callbacks/rows")["rows"]}
    assert [call["number"] for call in calls if call["conv"] in rows] == ["5554001", "5554003", "5554004"]
    assert len(rows) == 3 and all(row["due_at"] for row in rows.values())
