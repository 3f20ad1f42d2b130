# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose it is to call back whoever nobody answered, with a real Asterisk. Skipped without one."""

import collections

import pytest

import liaison
import pbx
import tones
from phone_engine import connect, ended, entries, live, until_ready

BEN = "a_900001"  # of the fixture `colleague`

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def owners(client):
    """{number: whose its callback is}"""
    return {row["customer"]["address"]: row["assignee"] for row in client.get("/v1/views/callbacks/rows")["rows"]}


def give_up(lab, client, number, queue=500):
    caller = lab.caller(number).dial(queue).wait_for("talking")
    live(client, number, "waiting")
    caller.hang_up()
    assert ended(client, number)["outcome"] == "abandoned"


def speak(lab, phone, number):
    caller = lab.caller(number).dial(500)
    talk = phone.answer()
    assert caller.hears(tones.COLLEAGUE)
    talk.hang_up()


def office(lab, client, ben):
    """alice, who is me, and Ben are in the queue; returns who I am and Ben's telephone."""
    connect(client)
    client.command("agent.save", {"agent": ben, "phone": "PJSIP/bob", "extension": "202"})
    lab.agent("alice", "support", paused=True)
    bob = lab.agent("bob", "support", paused=True)
    me = client.get("/v1/snapshot")["me"]["id"]
    assert pbx.until(lambda: {member["agent"] for member in client.get("/v1/snapshot")["members"]} == {me, ben})
    return me, bob


def test_each_has_an_owner(lab, client, colleague):
    """The agents of the queue in turn; what is given to somebody else is theirs; who gets through needs none."""
    me, bob = office(lab, client, BEN)
    for number in ("5556001", "5556002", "5556003"):
        give_up(lab, client, number)
    assert owners(client) == owners(colleague) == {"5556001": me, "5556002": BEN, "5556003": me}
    assert colleague.get("/v1/views/mine/rows")["rows"][0]["callback"]
    row = next(row for row in client.get("/v1/views/callbacks/rows")["rows"] if row["customer"]["address"] == "5556001")
    assert row["due_at"]
    given = client.get(f"/v1/conversations/{row['id']}")["timeline"][-1]
    assert given["kind"] == "state" and given["author"]["kind"] == "system" and given["d"]["what"] == "assigned" and given["d"]["assignee"] == me

    client.command("conversation.assign", {"agent": BEN}, conv=row["id"])
    assert owners(client)["5556001"] == BEN
    give_up(lab, client, "5556004")
    assert owners(client)["5556004"] == me

    lab.tester.action("QueuePause", Interface="PJSIP/bob", Paused="false")
    speak(lab, bob, "5556002")
    assert pbx.until(lambda: "5556002" not in owners(client)), owners(client)


def test_who_knows_the_customer(lab, client, colleague):
    me, bob = office(lab, client, BEN)
    lab.tester.action("QueuePause", Interface="PJSIP/bob", Paused="false")
    speak(lab, bob, "5556001")
    ended(client, "5556001")
    [row] = client.get("/v1/views/all/rows")["rows"]
    client.command("conversation.release", {}, conv=row["id"])
    lab.tester.action("QueuePause", Interface="PJSIP/bob", Paused="true")
    caller = lab.caller("5556001").dial(500).wait_for("talking")
    live(client, "5556001", "waiting")
    caller.hang_up()
    assert pbx.until(lambda: owners(client) == {"5556001": BEN}), owners(client)

    colleague.command("availability.set", {"state": "offline"})
    give_up(lab, client, "5556002")
    give_up(lab, client, "5556003")
    assert owners(client) == {"5556001": BEN, "5556002": me, "5556003": me}


def test_nobodys(lab, client):
    """A queue without members: everybody sees it in the queue and among what waits for somebody."""
    connect(client)
    give_up(lab, client, "5556001", 501)
    assert owners(client) == {"5556001": None}
    [row] = client.get("/v1/views/waiting/rows")["rows"]
    assert [other["id"] for other in client.get(f"/v1/views/queue:{row['queue']}/rows")["rows"]] == [row["id"]]


def test_given_once_whatever_the_engine_does(lab, engine):
    """Killed while they wait, and away while they give up: each has an owner afterwards, given once, and the same after everything is made anew."""
    client = engine.client
    office(lab, client, client.command("agent.save", {"name": "Ben", "role": "agent"})["d"]["agent"])
    client.command("availability.set", {"state": "offline"})  # as Ben is
    numbers = [f"55560{index:02}" for index in range(6)]
    callers = [lab.caller(number).dial(500).wait_for("talking") for number in numbers]
    live(client, numbers[-1], "waiting")
    engine.kill()
    for caller in callers[:4]:
        caller.hang_up()
    for _ in range(2):
        engine.start()
        until_ready(client)
        assert pbx.until(lambda: len(owners(client)) == 4 and not lab.notes()), (owners(client), lab.notes())
        engine.kill()
    engine.start()
    until_ready(client)
    for caller in callers[4:]:
        caller.hang_up()
    assert pbx.until(lambda: len(owners(client)) == 6, 15), owners(client)
    before = owners(client)
    assert None not in before.values() and sorted(collections.Counter(before.values()).values()) == [3, 3], before
    assert len(entries(client)) == 6
    for row in client.get("/v1/views/callbacks/rows")["rows"]:
        assert [entry["kind"] for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"]] == ["call", "state"]
    engine.stop()
    assert liaison.run("rebuild", "--data", engine.data)[0] == 0
    engine.start()
    assert owners(client) == before


def test_callers_of_other_teams(lab, engine):
    """Who calls a queue that was switched off is no work here, also while the engine was off; whom one of us answers is on the timeline."""
    client = engine.client
    connect(client, hidden_queues=["sales"])
    alice = lab.agent("alice", "sales", paused=True)
    caller = lab.caller("5556001").dial(501).wait_for("talking")
    live(client, "5556001", "waiting")
    caller.hang_up()
    assert pbx.until(lambda: not client.get("/v1/snapshot")["calls"] and not lab.channels())
    engine.stop()
    lab.caller("5556002").dial(501).wait_for("talking")
    assert pbx.until(lambda: lab.waiting("sales") == ["5556002"])
    lab.phones[-1].calls[0].hang_up()
    assert pbx.until(lambda: not lab.channels() and lab.notes())
    engine.start()
    until_ready(client)
    assert pbx.until(lambda: not lab.notes(), 15), lab.notes()
    assert client.get("/v1/views/all/rows")["rows"] == [] and client.get("/v1/views/callbacks/rows")["rows"] == []

    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    caller = lab.caller("5556003").dial(501)
    talk = alice.answer()
    assert caller.hears(tones.AGENT)
    talk.hang_up()
    call = ended(client, "5556003")
    assert call["outcome"] == "answered" and call["queue"] == "" and len(entries(client)) == 1
