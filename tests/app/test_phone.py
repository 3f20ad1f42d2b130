# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent's day at the telephone by keyboard alone: the window with its own telephone, the real engine and a real Asterisk.

The window's microphone is a sine of test-sound.c, everybody else is a telephone of tests/lib/pbx.py with a sine of its own: who hears whom is measured.
"""

import pytest

import liaison_app
import mailstack
import names
import pbx
import phone_engine
import tones
from liaison_app import role, states, text_of
from liaison_setup import workspace

needs_pbx = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")
pytestmark = needs_pbx


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def set_up_telephone(data, name="alice", enciphered=False):
    """A workspace as the set-up leaves it: the stack's Asterisk, and an agent's telephone in the window."""
    ports = mailstack.ports()
    way = ({"server": "localhost", "port": ports["SIPS"], "transport": "tls", "ca": mailstack.authority()} if enciphered else
           {"server": "127.0.0.1", "port": ports["SIP"], "transport": "udp", "ca": None})
    with workspace(data) as client:
        me = client.get("/v1/snapshot")["me"]["id"]
        client.command("agent.save", {"agent": me, "name": name.title(), "phone": f"PJSIP/{name}", "extension": pbx.AGENTS[name][0]})
        client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": ports["AMI"], "tls": "none",
                                       "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents"})
        client.command("queue.save", {"queue": "q_1", "wrapup_s": 0})
        client.command("agent.phone", {"agent": me, "account": {**way, "user": name, "secret": pbx.PASSWORD}})
        phone_engine.until_ready(client)


@pytest.fixture
def make_phone_app(make_app, lab, tmp_path, tmp_path_factory):
    """The agent's telephone is registered by the window."""
    def make(name="alice", enciphered=False):
        set_up_telephone(tmp_path / "data", name, enciphered)
        with lab.registering(name):
            app = make_app(settings={"phone-cancel-echo": "false"},  # to which a sine is noise
                           env={"GST_PLUGIN_PATH": f"{liaison_app.BUILD}/tests/app", "GST_REGISTRY": str(tmp_path_factory.getbasetemp() / "registry"),
                                "LIAISON_TEST_TONE": str(tones.AGENT)})
        app.wait(app.focused, "the keyboard")
        return app
    return make


@pytest.fixture
def app(make_phone_app):
    return make_phone_app()


def queue_agent(lab, name="alice"):
    """The queue rings her."""
    answer = lab.tester.action("QueueAdd", Queue="support", Interface=f"PJSIP/{name}", MemberName=name, StateInterface=f"PJSIP/{name}")
    assert answer["Response"] == "Success", answer


def can_press(app, name):
    button = app.look(name)
    return button is not None and "sensitive" in states(button)


def talking(app):
    """The list says so before the bar's buttons are there, and nobody presses a key for a button they do not see."""
    app.find(contains="Talking")
    app.wait(lambda: can_press(app, "Mute") and can_press(app, "Park"), "the buttons of a call")


def answer(app, words="Incoming call"):
    app.wait(lambda: can_press(app, "Answer"), "the ringing of the window's telephone")
    app.key("F2")


def take_caller(app, lab):
    """A caller whom alice speaks to, by the queue."""
    queue_agent(lab)
    caller = lab.caller("2125551000").dial(500)
    answer(app)
    assert caller.wait_for("talking").hears(tones.AGENT)
    talking(app)
    return caller


def finish(app):
    """Hangs up, and ends the wrap-up as it is."""
    app.key("F4")
    app.find(contains="Wrap-up")
    app.key("ctrl+shift+Return")
    app.wait(lambda: app.look(contains="Wrap-up") is None, "the end of the wrap-up")


def calls_of(app):
    client = app.client()
    rows = [row for view in ("all", "closed") for row in client.get(f"/v1/views/{view}/rows")["rows"]]
    return [entry for row in rows for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"] if entry["kind"] == "call"]


def test_most_urgent_caller(app, lab):
    caller = lab.caller("2125551000").dial(500)
    assert caller.wait_for("talking").hears(tones.ON_HOLD)
    app.find(contains="Waiting, 1")
    app.key("ctrl+j")
    assert caller.hears(tones.AGENT)  # taken by itself: nobody has to answer twice
    talking(app)
    finish(app)


def test_caller_from_the_list(app, lab):
    first = lab.caller("2125551000").dial(500).wait_for("talking")
    assert pbx.until(lambda: len(lab.waiting()) == 1)
    second = lab.caller("2125552000", tones.OUTSIDE).dial(500).wait_for("talking")
    app.find(contains="Waiting, 2")
    app.key("ctrl+2", "ctrl+i", "Down")
    app.find(contains="2125551000\u2069 · Waits")
    app.key("Down")
    app.find(contains="2125552000\u2069 · Waits")
    app.key("ctrl+t")
    assert second.hears(tones.AGENT)
    assert first.hears(tones.ON_HOLD)
    assert lab.waiting() == ["2125551000"]


def test_talk_and_wrap_up(app, lab):
    caller = take_caller(app, lab)
    nameless = names.find_nameless(app.root)
    assert not nameless, nameless

    app.find("Your microphone is heard")
    app.find(contains="Not enciphered")
    app.key("F7")
    app.find(contains="Does not hear you")
    app.find("Your microphone is muted")
    assert caller.hears()
    app.key("F7")
    assert caller.hears(tones.AGENT)

    app.key("ctrl+shift+k")
    app.type("12#")
    assert [lab.tester.expect("DTMFEnd", nth=nth, Direction="Received")["Digit"] for nth in (1, 2, 3)] == ["1", "2", "#"]
    app.key("Escape")

    app.key("F8")
    assert caller.hears(tones.ON_HOLD)
    app.find(contains="On hold")
    app.key("F8")
    assert caller.hears(tones.AGENT)

    app.key("ctrl+shift+l", "space", "Tab", "Return")
    lab.tester.expect("MixMonitorStart")
    app.wait(lambda: can_press(app, "Being Recorded"), "the recording")
    app.key("ctrl+shift+l", "Return")
    lab.tester.expect("MixMonitorStop")
    app.find("Record")

    app.key("F4")
    caller.wait_for("ended")
    app.find(contains="Wrap-up")
    app.key("ctrl+shift+e")
    app.type("Wants a new tube.")
    app.key("shift+Tab", "space", "Down", "Return")
    app.find("Solved", "combo box")
    app.key("ctrl+shift+Return")
    app.wait(lambda: app.look(contains="Wrap-up") is None, "the end of the wrap-up")
    [entry] = calls_of(app)
    assert entry["d"]["outcome"] == "answered" and [s["kind"] for s in entry["d"]["segments"]].count("hold") == 1
    assert entry["d"]["disposition"] == "solved"
    conversation = f"/v1/conversations/{entry['d']['conv']}"
    app.wait(lambda: "Wants a new tube." in str(app.client().get(conversation)["timeline"]), "the note on the timeline")


def test_enciphered(make_phone_app, lab):
    app = make_phone_app("tina", enciphered=True)
    queue_agent(lab, "tina")
    caller = lab.caller("2125551000").dial(500)
    answer(app)
    assert caller.wait_for("talking").hears(tones.AGENT)
    app.find("Enciphered between here and the telephone system")


def test_transfer_at_once(app, lab):
    bob = lab.agent("bob")
    caller = take_caller(app, lab)
    app.key("F3")
    app.type("202")
    app.key("ctrl+Return")
    bob.answer()
    assert caller.hears(tones.COLLEAGUE)
    app.find(contains="Wrap-up")


def consult(app, caller):
    app.key("F3")
    app.type("202")
    app.key("Return")
    app.find(contains="it rings at")
    assert caller.hears(tones.ON_HOLD)


def test_ask_a_colleague(app, lab):
    """One who is busy, one to whom the customer is not handed over, and one to whom she is."""
    bob = lab.agent("bob")
    caller = take_caller(app, lab)

    consult(app, caller)
    bob.ringing().reject()
    app.find(contains="busy")
    assert caller.hears(tones.AGENT)
    talking(app)

    consult(app, caller)
    asked = bob.answer()
    assert asked.hears(tones.AGENT)
    app.find(contains="you speak to")
    app.key("shift+F3")
    assert caller.hears(tones.AGENT)
    asked.wait_for("ended")
    talking(app)

    consult(app, caller)
    bob.answer()
    app.wait(lambda: can_press(app, "Hand Over"), "the colleague’s answer")
    app.key("F3")
    assert caller.hears(tones.COLLEAGUE)
    app.find(contains="Wrap-up")


def test_park(app, lab):
    caller = take_caller(app, lab)
    app.key("ctrl+shift+p")
    app.find(contains="Parked at")
    assert caller.hears(tones.ON_HOLD)
    app.wait(lambda: can_press(app, "Take Back"), "the parked call’s button")
    app.key("ctrl+shift+p")
    assert caller.hears(tones.AGENT)
    talking(app)
    finish(app)


def test_two_calls(app, lab):
    first = take_caller(app, lab)
    second = lab.caller("2125552000", tones.OUTSIDE).dial(530)
    answer(app)
    assert second.wait_for("talking").hears(tones.AGENT)
    assert first.hears(tones.ON_HOLD)
    app.key("shift+F8")
    assert first.hears(tones.AGENT) and second.hears(tones.ON_HOLD)
    app.key("shift+F8")
    assert second.hears(tones.AGENT) and first.hears(tones.ON_HOLD)
    app.key("F4")
    second.wait_for("ended")
    app.key("F8")
    assert first.hears(tones.AGENT)
    app.key("F4")
    first.wait_for("ended")
    app.wait(lambda: not any(can_press(app, "Hang Up") for _ in (1,)), "the end of both calls")


def test_two_callers_with_one_number(app, lab):
    """Nothing but their Call-IDs tells them apart, and what is done with one is not done with the other."""
    bob = lab.agent("bob")
    callers = [lab.caller("2125551000", tone).dial(530) for tone in (tones.CALLER, tones.OUTSIDE)]
    app.wait(lambda: len([call for call in app.client().get("/v1/snapshot")["calls"] if any(leg["sip"] for leg in call["legs"])]) == 2, "both calls")
    answer(app)
    talking(app)
    assert pbx.until(lambda: any(caller.state == "talking" for caller in callers))
    one, other = sorted(callers, key=lambda caller: caller.state != "talking")
    assert one.hears(tones.AGENT)
    app.key("F3")
    app.type("202")
    app.key("ctrl+Return")
    bob.answer()
    assert one.hears(tones.COLLEAGUE)
    assert other.state != "ended"
    app.key("F2")
    assert other.wait_for("talking").hears(tones.AGENT)


def test_who_gave_up_is_called_back(app, lab):
    outside = lab.outside()
    caller = lab.caller("2125551000").dial(500).wait_for("talking")
    assert pbx.until(lambda: lab.waiting())
    caller.hang_up()
    app.find(contains="Callbacks, 1")
    views = [view["id"] for view in app.client().get("/v1/snapshot")["views"]]
    app.key(f"ctrl+{views.index('callbacks') + 1}", "ctrl+i", "Return")
    app.wait(lambda: can_press(app, "Call Back"), "the missed caller’s conversation")
    app.key("ctrl+shift+b")
    talk = outside.answer()
    assert talk.hears(tones.AGENT)
    talking(app)
    finish(app)
    app.wait(lambda: app.look(contains="Callbacks, 1") is None, "the item that closes by itself")
