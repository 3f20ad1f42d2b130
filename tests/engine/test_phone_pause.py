# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may be rung: what an agent has said last is so at a real Asterisk, whatever comes between. Skipped without one."""

import pytest

import pbx
from phone_engine import connect, live, until_ready

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


@pytest.fixture
def cable():
    cable = pbx.Cable()
    yield cable
    cable.pull()


def me(client):
    mine = client.get("/v1/snapshot")["me"]
    return mine["availability"], mine["reason"]


def pull(client, cable):
    cable.pull()
    assert pbx.until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] != "ready")


def settled(client, lab, availability, paused, reason=""):
    """What is shown here, and what the PBX does, once it is that."""
    assert pbx.until(lambda: lab.members(Paused=paused, PausedReason=reason)), lab.members()
    assert pbx.until(lambda: {(member["paused"], member["reason"]) for member in client.get("/v1/snapshot")["members"]} == {(paused == "1", reason)})
    assert pbx.until(lambda: me(client) == (availability, reason)), me(client)


def test_a_pause_without_a_link(lab, client, cable):
    connect(client, port=cable.port)
    lab.agent("alice", "support")
    pull(client, cable)
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    cable.plug()
    until_ready(client)
    settled(client, lab, "paused", "1", "Lunch")

    pull(client, cable)
    client.command("availability.set", {"state": "available"})
    cable.plug()
    until_ready(client)
    settled(client, lab, "available", "0")


def test_a_pause_outlives_everybody(lab, engine, cable):
    """The engine is killed before there is a link again; and what the PBX has forgotten is told it anew."""
    client = engine.client
    connect(client, port=cable.port)
    lab.agent("alice", "support")
    pull(client, cable)
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    engine.kill()
    cable.plug()
    engine.start()
    until_ready(client)
    settled(client, lab, "paused", "1", "Lunch")

    engine.stop()
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    engine.start()
    until_ready(client)
    settled(client, lab, "paused", "1", "Lunch")


def test_a_pause_that_was_set_at_the_telephone_meanwhile(lab, client, cable):
    connect(client, port=cable.port)
    lab.agent("alice", "support")
    pull(client, cable)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="true", Reason="Doctor")
    cable.plug()
    until_ready(client)
    assert pbx.until(lambda: me(client) == ("paused", "Doctor")), me(client)
    settled(client, lab, "paused", "1", "Doctor")


def test_a_pause_that_is_not_answered(lab, client, cable):
    connect(client, port=cable.port)
    lab.agent("alice", "support")
    cable.lose.add("QueuePause")
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    assert pbx.until(lambda: cable.lost)
    cable.lose.clear()
    assert pbx.until(lambda: lab.members(Paused="1", PausedReason="Lunch")), lab.members()
    settled(client, lab, "paused", "1", "Lunch")


def joined_paused(lab, queue):
    return lab.tester.expect("QueueMemberAdded", Queue=queue, Interface="PJSIP/alice")["Paused"] == "1"


def test_who_pauses_is_not_rung_by_a_queue_she_joins(lab, client):
    connect(client)
    alice = lab.agent("alice", "support")
    assert pbx.until(lambda: client.get("/v1/snapshot")["members"])
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    settled(client, lab, "paused", "1", "Lunch")
    lab.caller().dial(501).wait_for("talking")  # waits in the other queue
    sales = live(client, "5551000", "waiting")["queue"]

    client.command("queue.login", {"queue": sales, "on": True})
    assert pbx.until(lambda: len(lab.members(Paused="1", PausedReason="Lunch")) == 2), lab.members()
    assert joined_paused(lab, "sales") and not alice.incoming()
    assert me(client) == ("paused", "Lunch")

    client.command("availability.set", {"state": "available"})
    assert pbx.until(alice.ringing)


def test_the_only_queue_she_joins_while_she_pauses(lab, client):
    connect(client)
    alice = lab.agent("alice")
    lab.caller().dial(500).wait_for("talking")
    support = live(client, "5551000", "waiting")["queue"]
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    client.command("queue.login", {"queue": support, "on": True})
    settled(client, lab, "paused", "1", "Lunch")
    assert joined_paused(lab, "support") and not alice.incoming()


def test_a_queue_that_she_joins_at_her_telephone(lab, client):
    connect(client)
    lab.agent("alice", "support")
    assert pbx.until(lambda: client.get("/v1/snapshot")["members"])
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    settled(client, lab, "paused", "1", "Lunch")
    lab.tester.action("QueueAdd", Queue="sales", Interface="PJSIP/alice", MemberName="alice", StateInterface="PJSIP/alice")
    assert pbx.until(lambda: len(lab.members(Paused="1", PausedReason="Lunch")) == 2), lab.members()
    assert me(client) == ("paused", "Lunch")
