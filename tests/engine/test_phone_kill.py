# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the engine with twenty calls at a real Asterisk, that wait, ring, talk, are held and consult: each is on the timeline once afterwards, how
it ended is right, and the figures count it once. Skipped without Asterisk.

LIAISON_KILL_ROUNDS: how often; default 2. LIAISON_KILL_SEED: other random moments.
"""

import collections
import os
import random
import time

import pytest

import pbx
import tones
from phone_engine import connect, entries, live, until_ready

ROUNDS = int(os.environ.get("LIAISON_KILL_ROUNDS", "2"))
ROUNDS_OF_A_STORE = 5
SEED = int(os.environ.get("LIAISON_KILL_SEED", "1"))

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


class Office:
    """alice talks with the heads of two queues and more at once, bob with one; tina's telephone rings, and sue is asked."""

    def __init__(self, lab, client, chance):
        self.lab, self.client, self.chance = lab, client, chance
        self.alice = lab.agent("alice", "support")
        self.bob = lab.agent("bob", "ringall")
        self.sue = lab.agent("sue")
        self.tina = lab.agent("tina", "sales")
        self.count = 0

    def dial(self, number):
        self.count += 1
        caller = f"55{self.count:05}"
        return caller, self.lab.caller(caller).dial(number)

    def talk(self, number, agent):
        caller, call = self.dial(number)
        answered = agent.answer()
        assert call.hears(tones.AGENT if agent is self.alice else tones.COLLEAGUE)
        return caller, call, answered

    def consult(self, number):
        """alice asks sue, whose telephone rings."""
        caller, call, _ = self.talk(number, self.alice)
        self.client.command("call.consult", {"call": live(self.client, caller, "talking")["uniqueid"], "to": "203"})
        return caller, call, self.sue.ringing()

    def fill(self):
        """{number: (its telephone's call, how it stands, the agent's call)} of twenty callers."""
        calls = {}
        self.client.command("availability.set", {"state": "available"})
        caller, call, asked = self.consult(500)
        asked.answer()
        calls[caller] = call, "consulting", asked
        caller, call, answered = self.talk(504, self.bob)
        answered.hold()
        calls[caller] = call, "held", answered
        for state in ("talking",) * 4 + ("held",) * 2:
            caller, call, answered = self.talk(530, self.alice)
            if state == "held":
                answered.hold()
            calls[caller] = call, state, answered
        caller, call, asked = self.consult(530)
        calls[caller] = call, "asking", asked
        for number in (501,) + (500,) * 4 + (501,) * 3:
            caller, call = self.dial(number)
            calls[caller] = call.wait_for("talking"), "waiting", None
        for _ in range(3):
            caller, call = self.dial(530)
            calls[caller] = call, "ringing", self.alice.ringing()
        assert len(calls) == 20
        assert pbx.until(lambda: {call["number"] for call in live_calls(self.client) if call["id"]} >= set(calls)), "not kept"
        return calls

    def happen(self, calls, share):
        """Some callers leave, some calls that ring are answered, and who is held is spoken to again: {number: what happened}."""
        happened = {}
        for caller, (call, state, agent) in calls.items():
            if self.chance.random() > share:
                continue
            happened[caller] = "answered" if state == "ringing" else "resumed" if state == "held" else "left"
            if state == "ringing":
                agent.answer()
            elif state == "held":
                agent.resume()
            else:
                call.hang_up()
        return happened

    def end(self):
        """A caller who leaves a consultation leaves two colleagues in a talk."""
        for phone in (self.alice, self.bob, self.sue):
            for call in phone.calls:
                if call.state == "talking":
                    call.hang_up()
        assert pbx.until(lambda: not self.lab.channels()), self.lab.channels()


def live_calls(client):
    return [call for call in client.get("/v1/snapshot")["calls"] if call["state"] != "ended"]


def expected(state, happened):
    return "abandoned" if state in ("waiting", "ringing") and happened != "answered" else "answered"


def check_entry(call):
    """One entry for all parties, and nobody did two things in it at once."""
    assert call["ended"] and all(wait["result"] != "open" for wait in call["waits"]), call
    for agent in {segment["agent"] for segment in call["segments"]}:
        spans = sorted((segment["from"], segment["to"], segment["kind"]) for segment in call["segments"]
                       if segment["agent"] == agent and segment["kind"] in ("talk", "hold"))
        assert all(to for _, to, _ in spans) and all(before[1] <= after[0] for before, after in zip(spans, spans[1:])), (agent, spans)


def check_figures(client, calls):
    """Each wait in a queue is one of its figures, once."""
    names = {queue["queue"]: queue for queue in client.get("/v1/metrics/queues")["queues"]}
    waits = collections.Counter(wait["queue"] for call in calls for wait in call["waits"])
    answered = collections.Counter(wait["queue"] for call in calls for wait in call["waits"] if wait["result"] == "answered")
    for queue, entered in waits.items():
        figures = names[queue]
        results = sum(figures[name] for name in ("answered", "abandoned", "short", "timed_out", "flow_out", "closed", "lost"))
        assert (figures["entered"], figures["answered"], results, figures["waiting"]) == (entered, answered[queue], entered, 0), (figures, waits, answered)


def kill_once(office, engine):
    """[(state, what happened, outcome)] of the twenty calls."""
    calls = office.fill()
    happened = office.happen(calls, 0.15)
    time.sleep(office.chance.random() / 10)
    engine.kill()
    happened |= office.happen({caller: calls[caller] for caller in calls if caller not in happened}, 0.4)
    engine.start()
    until_ready(engine.client)
    for call, _, _ in calls.values():
        call.hang_up()
    office.end()
    assert pbx.until(lambda: not live_calls(engine.client)), live_calls(engine.client)
    return {caller: (state, happened.get(caller, "stayed")) for caller, (_, state, _) in calls.items()}


@pytest.mark.parametrize("store", range((ROUNDS + ROUNDS_OF_A_STORE - 1) // ROUNDS_OF_A_STORE))
def test_killed_with_twenty_calls(lab, engine, store):
    rounds = min(ROUNDS_OF_A_STORE, ROUNDS - store * ROUNDS_OF_A_STORE)
    connect(engine.client)
    office = Office(lab, engine.client, random.Random(SEED * 1000 + store))
    stories = {}
    for _ in range(rounds):
        stories |= kill_once(office, engine)

    # What nobody saw is told by what the PBX has noted.
    assert pbx.until(lambda: all(call["ended"] and call["outcome"] != "lost" for call in entries(engine.client)))
    kept = [call for call in entries(engine.client) if call["number"] in stories]
    found = {call["number"]: call for call in kept}
    missing = {caller: stories[caller] for caller in stories.keys() - found.keys()}
    assert not missing and len(kept) == len(found), missing
    for caller, (state, happened) in stories.items():
        assert found[caller]["outcome"] == expected(state, happened), (state, happened, found[caller])
        check_entry(found[caller])
    check_figures(engine.client, list(found.values()))
    outcomes = collections.Counter(call["outcome"] for call in found.values())
    print(f"{rounds} kills with 20 calls each: {dict(outcomes)}, 0 doubled, 0 missing, 0 wrong, 0 lost")
