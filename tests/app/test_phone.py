# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent's day at the telephone by keyboard alone: the window with its own telephone, the real engine and a real Asterisk."""

import pytest

import liaison
import mailstack
import pbx
import tones
from liaison_app import states

needs_pbx = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")
pytestmark = needs_pbx


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def set_up_telephone(data):
    """A workspace as the set-up leaves it: the stack's Asterisk, and alice's telephone in the window."""
    data.mkdir(parents=True, exist_ok=True)
    engine = liaison.Engine(data / "engine")
    engine.data = data / "default"
    engine.credentials = data / "credentials.json"
    engine.start()
    client = engine.sign_in()
    me = client.get("/v1/snapshot")["me"]["id"]
    ports = mailstack.ports()
    client.command("agent.save", {"agent": me, "name": "Alice", "phone": "PJSIP/alice", "extension": "201"})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": ports["AMI"], "tls": "none",
                                   "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents"})
    client.command("agent.phone", {"agent": me, "account": {"server": "127.0.0.1", "port": ports["SIP"], "transport": "udp", "user": "alice",
                                                            "secret": pbx.PASSWORD, "ca": None}})
    assert pbx.until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready", 20)
    engine.stop()


def queue_alice(lab):
    """Her telephone is registered by the window; the queue rings it."""
    interface = "PJSIP/alice"
    assert pbx.until(lambda: lab.tester.action("Getvar", Variable=f"DEVICE_STATE({interface})")["Value"] == "NOT_INUSE", 20)
    answer = lab.tester.action("QueueAdd", Queue="support", Interface=interface, MemberName="alice", StateInterface=interface)
    assert answer["Response"] == "Success", answer


def calls_of(app):
    client = app.client()
    rows = [row for view in ("all", "closed") for row in client.get(f"/v1/views/{view}/rows")["rows"]]
    return [entry for row in rows for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"] if entry["kind"] == "call"]


@pytest.fixture
def app(make_app, lab, tmp_path):
    set_up_telephone(tmp_path / "data")
    app = make_app()
    queue_alice(lab)
    app.wait(app.focused, "the keyboard")
    return app


def take_caller(app, lab):
    caller = lab.caller("2125551000").dial(500)
    app.find(contains="Incoming call", seconds=20)  # its card is open already
    app.wait(lambda: (answer := app.look("Answer", "button")) is not None and "sensitive" in states(answer), "the ringing of the window's telephone")
    app.key("F2")
    app.find(contains="Hang Up", role_name="button")
    return caller.wait_for("talking")


def test_take_hold_and_wrap_up(app, lab, tmp_path):
    caller = take_caller(app, lab)
    app.picture(tmp_path / "talking.png")
    app.key("F8")
    assert caller.hears(tones.ON_HOLD)
    app.find(contains="On hold")
    app.key("F8")
    app.find(contains="Talking")

    app.key("F4")
    caller.wait_for("ended")
    app.find(contains="Wrap-up")
    app.key("ctrl+shift+e")
    app.type("Wants a new tube.")
    app.picture(tmp_path / "wrap-up.png")
    app.key("ctrl+shift+Return")
    app.wait(lambda: app.look(contains="Wrap-up") is None, "the end of the wrap-up")
    [entry] = calls_of(app)
    assert entry["d"]["outcome"] == "answered" and [s["kind"] for s in entry["d"]["segments"]].count("hold") == 1
    conversation = f"/v1/conversations/{entry['d']['conv']}"
    app.wait(lambda: "Wants a new tube." in str(app.client().get(conversation)["timeline"]), "the note on the timeline")


def test_ask_a_colleague_and_hand_over(app, lab, tmp_path):
    bob = lab.agent("bob")
    caller = take_caller(app, lab)
    app.key("F3")
    app.type("202")
    app.picture(tmp_path / "transfer.png")
    app.key("Return")
    assert caller.hears(tones.ON_HOLD, timeout=10)
    bob.answer()
    app.find(contains="Hand Over")
    app.picture(tmp_path / "consulting.png")
    app.key("F3")
    assert caller.hears(tones.COLLEAGUE, timeout=10)
    app.find(contains="Wrap-up")


def test_a_colleague_declines(app, lab, tmp_path):
    bob = lab.agent("bob")
    caller = take_caller(app, lab)
    assert app.look("Take Call", "button") is None  # they rang here already
    app.key("F3")
    app.type("202")
    app.key("Return")
    bob.ringing().reject()
    app.find(contains="is busy or declined. You have")
    app.picture(tmp_path / "declined.png")
    assert [call["state"] for call in app.client().get("/v1/snapshot")["calls"]] == ["talking"] and caller.state == "talking"


def test_who_gave_up_is_called_back(app, lab, tmp_path):
    outside = lab.outside()
    app.client().command("availability.set", {"state": "paused", "reason": "Lunch"})
    assert pbx.until(lambda: lab.members(Name="alice", Paused="1"))
    caller = lab.caller("2125551000").dial(500).wait_for("talking")
    assert pbx.until(lambda: lab.waiting())
    caller.hang_up()
    app.find(contains="Callbacks, 1", seconds=20)
    app.picture(tmp_path / "callback.png")
    assert outside is not None
