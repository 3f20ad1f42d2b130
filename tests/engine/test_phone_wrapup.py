# SPDX-License-Identifier: GPL-3.0-or-later
"""Time to wrap a call up, at a real Asterisk: nobody is rung in it, it ends, and it is counted once, whatever comes between. Skipped without one."""

import datetime
import sqlite3
import time

import pytest

import liaison
import pbx
from phone_engine import connect, ended, entries, live, until_ready

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def begin(client, lab, *agents, wrapup_s=600):
    """Their telephones in the queue, after which there is so much time."""
    connect(client)
    if "bob" in agents:
        client.command("agent.save", {"name": "Bob", "phone": "PJSIP/bob", "extension": "202"})
    phones = [lab.agent("alice", "support"), *(lab.agent(name) for name in agents[1:])]
    assert pbx.until(lambda: support(client) and client.get("/v1/snapshot")["members"])
    client.command("queue.save", {"queue": support(client)["id"], "wrapup_s": wrapup_s})
    return phones


def support(client):
    return next((queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_name"] == "support" and queue["phone_channel"]), None)


def me(client):
    return client.get("/v1/snapshot")["me"]


def is_me(client, availability, reason=""):
    return pbx.until(lambda: (me(client)["availability"], me(client)["reason"]) == (availability, reason))


def at_pbx(lab, paused, reason=""):
    return pbx.until(lambda: lab.members(Location="PJSIP/alice", Paused=paused, PausedReason=reason))


def talk_to(lab, alice, number="5551000"):
    caller = lab.caller(number).dial(500)
    return caller, alice.answer()


def ms(text):
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


def wraps(client, number="5551000"):
    [call] = [call for call in entries(client) if call["number"] == number]
    return [segment for segment in call["segments"] if segment["kind"] == "wrap"]


def test_nobody_is_rung_in_it(lab, client):
    [alice] = begin(client, lab, "alice")
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert at_pbx(lab, "1", "Wrap-up"), lab.members()
    assert is_me(client, "wrap-up") and me(client)["until"] > me(client)["since"]

    lab.caller("5552000").dial(500).wait_for("talking")
    live(client, "5552000", "waiting")
    assert not alice.incoming()[1:]
    [call] = [call for call in entries(client) if call["number"] == "5551000"]
    client.command("call.wrapup", {"call": call["uniqueid"], "disposition": "solved"})
    assert at_pbx(lab, "0") and is_me(client, "available")
    assert alice.ringing()
    assert pbx.until(lambda: wraps(client)[0]["to"]) and len(wraps(client)) == 1 and me(client)["until"] is None


def test_it_ends_by_itself(lab, client):
    [alice] = begin(client, lab, "alice", wrapup_s=1)
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert at_pbx(lab, "1", "Wrap-up") and at_pbx(lab, "0") and is_me(client, "available")
    assert pbx.until(lambda: wraps(client)[0]["to"])


def test_more_time(lab, client):
    [alice] = begin(client, lab, "alice", wrapup_s=60)
    with pytest.raises(liaison.Problem) as none:
        client.command("wrapup.extend", {"by_s": 60})
    assert none.value.kind == "version-conflict"
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert is_me(client, "wrap-up")
    before = me(client)
    client.command("wrapup.extend", {"by_s": 60})
    assert pbx.until(lambda: me(client)["until"] != before["until"])
    assert ms(me(client)["until"]) - ms(before["until"]) == 60000 and me(client)["since"] == before["since"]


def test_the_engine_is_closed_in_it(lab, engine):
    client = engine.client
    [alice] = begin(client, lab, "alice")
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert at_pbx(lab, "1", "Wrap-up")
    engine.stop()
    assert at_pbx(lab, "0"), lab.members()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        assert database.execute("SELECT count(*) FROM call_segment WHERE to_at IS NULL").fetchone() == (0,)
    engine.start()
    assert me(client)["availability"] == "available" and wraps(client)[0]["to"]


@pytest.mark.parametrize("over", [False, True])
def test_the_engine_is_killed_in_it(lab, engine, over):
    """It goes on where it was, or has ended when it should have; what was to come afterwards does."""
    client = engine.client
    [alice] = begin(client, lab, "alice", wrapup_s=10 if over else 600)
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert at_pbx(lab, "1", "Wrap-up") and is_me(client, "wrap-up")
    until = me(client)["until"]
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    assert pbx.until(lambda: wraps(client))
    engine.kill()
    if over:
        assert pbx.until(lambda: time.time() * 1000 > ms(until))
    engine.start()
    until_ready(client)
    if not over:
        assert me(client)["availability"] == "wrap-up" and me(client)["until"] == until and not wraps(client)[0]["to"]
        assert at_pbx(lab, "1", "Wrap-up")
        [call] = entries(client)
        client.command("call.wrapup", {"call": call["uniqueid"], "disposition": "solved"})
    assert is_me(client, "paused", "Lunch") and at_pbx(lab, "1", "Lunch")
    assert pbx.until(lambda: wraps(client)[0]["to"]) and len(wraps(client)) == 1
    if over:
        assert wraps(client)[0]["to"] == until


def test_one_wrapup_whatever_the_engine_does(lab, engine):
    """Alice has handed over and wrapped up; the engine goes and comes while Bob talks."""
    client = engine.client
    alice, bob = begin(client, lab, "alice", "bob")
    _, _ = talk_to(lab, alice)
    call = live(client, "5551000", "talking")["uniqueid"]
    client.command("call.transfer", {"call": call, "to": "202"})
    bob.answer()
    assert is_me(client, "wrap-up")
    client.command("call.wrapup", {"call": call, "disposition": "passed-on"})
    assert is_me(client, "available")
    assert pbx.until(lambda: wraps(client) and wraps(client)[0]["to"])
    before = wraps(client)

    engine.kill()
    engine.start()
    until_ready(client)
    live(client, "5551000", "talking")
    _, second = talk_to(lab, alice, "5552000")
    live(client, "5552000", "talking")
    assert wraps(client) == before and me(client)["availability"] == "available"
    assert lab.members(Location="PJSIP/alice", Paused="0")
    second.hang_up()
    assert is_me(client, "wrap-up")


def test_a_call_that_was_lost_overnight(lab, engine):
    client = engine.client
    [alice] = begin(client, lab, "alice", wrapup_s=2)
    caller, _ = talk_to(lab, alice)
    live(client, "5551000", "talking")
    assert pbx.until(lambda: [call for call in entries(client) if call["state"] == "talking"])
    engine.kill()
    caller.hang_up()
    assert pbx.until(lambda: not lab.channels())
    pbx.until(lambda: False, 2)
    engine.start()
    until_ready(client)
    assert pbx.until(lambda: entries(client)[0]["ended"])
    assert me(client)["availability"] == "available" and wraps(client) == []


def test_a_call_in_it_stops_its_clock(lab, client):
    """She calls the customer back: what she speaks is no wrap-up, and what was left of it follows."""
    [alice] = begin(client, lab, "alice")
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    talk.hang_up()
    assert is_me(client, "wrap-up")
    bob = lab.agent("bob")
    second = alice.dial("202")
    bob.answer()
    assert pbx.until(lambda: me(client)["until"] is None)
    assert me(client)["availability"] == "wrap-up" and at_pbx(lab, "1", "Wrap-up")
    assert pbx.until(lambda: wraps(client)[0]["to"])
    second.hang_up()
    assert pbx.until(lambda: me(client)["until"])
    first, rest = (pbx.until(lambda: len(wraps(client)) == 2), wraps(client))[1]
    assert first["to"] < rest["from"] and not rest["to"]


def test_it_begins_after_the_other_call(lab, client):
    """Two calls at once: the one that ended is wrapped up when she is free of the other."""
    [alice] = begin(client, lab, "alice")
    bob = lab.agent("bob")
    _, talk = talk_to(lab, alice)
    live(client, "5551000", "talking")
    second = alice.dial("202")
    bob.answer()
    live(client, "202", "talking")
    talk.hang_up()
    ended(client, "5551000")
    assert me(client)["availability"] == "available" and wraps(client) == []
    second.hang_up()
    assert is_me(client, "wrap-up") and at_pbx(lab, "1", "Wrap-up")
    assert pbx.until(lambda: len(wraps(client)) == 1)
