# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's own telephone against a real Asterisk: who hears whom, and when. What the other parties use is tests/lib/sip.py, by another hand."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import mailstack  # noqa: E402
import pbx  # noqa: E402
import softphone  # noqa: E402
import tones  # noqa: E402

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


@pytest.fixture
def phones():
    """Starts telephones that are ended after the test."""
    started = []

    def start(user, tone=tones.AGENT, **options):
        phone = softphone.SoftPhone(user, tone, **options)
        started.append(phone)
        return phone

    yield start
    for phone in started:
        phone.close()


@pytest.fixture
def alice(lab, phones):
    phone = phones("alice")
    phone.says("phone ready")
    return phone


def add_to_queue(lab, name, queue="support"):
    assert lab.tester.action("QueueAdd", Queue=queue, Interface=f"PJSIP/{name}", MemberName=name, StateInterface=f"PJSIP/{name}")["Response"] == "Success"


def take_caller(lab, alice):
    """A caller whom alice talks to, by the queue."""
    add_to_queue(lab, "alice")
    call = lab.caller().dial(500)
    assert alice.says("call 1 incoming").startswith("5551000")
    alice.tell("answer", 1)
    alice.says("call 1 talking")
    alice.hears(tones.CALLER)
    assert call.hears(tones.AGENT)
    return call


def test_wrong_password(lab, phones):
    phones("alice", secret="wrong").says("phone refused")


def test_nobody_there(phones):
    phones("alice", port=9).says("phone unreachable", timeout=40)


def test_queue_call(lab, alice):
    call = take_caller(lab, alice)
    alice.tell("hangup", 1)
    alice.says("call 1 ended here")
    assert pbx.until(lambda: not lab.channels()), lab.channels()
    assert call.wait_for("ended")


def test_caller_hangs_up(lab, alice):
    call = take_caller(lab, alice)
    call.hang_up()
    alice.says("call 1 ended there")


def test_reject(lab, alice):
    add_to_queue(lab, "alice")
    lab.caller().dial(500)
    alice.says("call 1 incoming")
    alice.tell("hangup", 1)
    alice.says("call 1 ended here")
    lab.tester.expect("AgentRingNoAnswer")


def test_caller_gives_up(lab, alice):
    add_to_queue(lab, "alice")
    call = lab.caller().dial(500)
    alice.says("call 1 incoming")
    call.hang_up()
    alice.says("call 1 ended there")


def test_hold(lab, alice):
    call = take_caller(lab, alice)
    alice.tell("hold", 1)
    alice.says("call 1 held")
    assert call.hears(tones.ON_HOLD)
    alice.hears(0)
    mark = alice.mark()
    alice.tell("resume", 1)
    alice.says("call 1 talking", after=mark)
    assert call.hears(tones.AGENT)
    alice.hears(tones.CALLER)


def test_mute(lab, alice):
    call = take_caller(lab, alice)
    alice.tell("mute", 1)
    assert call.hears()
    alice.hears(tones.CALLER)
    alice.tell("unmute", 1)
    assert call.hears(tones.AGENT)


def test_keys(lab, alice):
    alice.tell("dial", "600")
    alice.says("call 1 talking")
    alice.hears(tones.AGENT)
    alice.tell("keys", 1, "12#")
    assert [lab.tester.expect("DTMFEnd", nth=nth, Direction="Received")["Digit"] for nth in (1, 2, 3)] == ["1", "2", "#"]


def test_dial(lab, alice):
    outside = lab.outside()
    alice.tell("dial", "95559000")
    call = outside.answer()
    alice.says("call 1 talking")
    alice.hears(tones.OUTSIDE)
    assert call.hears(tones.AGENT)


def test_dial_nobody(lab, alice):
    alice.tell("dial", "777")
    assert alice.says("call 1 ended") == "no-number"


def test_dial_busy(lab, alice, phones):
    bob = phones("bob", tones.COLLEAGUE)
    bob.says("phone ready")
    alice.tell("dial", "202")
    bob.says("call 1 incoming")
    bob.tell("hangup", 1)
    assert alice.says("call 1 ended") in ("busy", "no-answer")


def test_blind_transfer(lab, alice, phones):
    bob = phones("bob", tones.COLLEAGUE)
    bob.says("phone ready")
    call = take_caller(lab, alice)
    alice.tell("transfer", 1, "202")
    bob.says("call 1 incoming")
    bob.tell("answer", 1)
    alice.says("call 1 transferred yes")
    alice.says("call 1 ended")
    bob.hears(tones.CALLER)
    assert call.hears(tones.COLLEAGUE)


def test_two_calls_joined(lab, alice, phones):
    """The agent asks a colleague first, then hands the caller over."""
    bob = phones("bob", tones.COLLEAGUE)
    bob.says("phone ready")
    call = take_caller(lab, alice)
    alice.tell("dial", "202")
    alice.says("call 1 held")
    assert call.hears(tones.ON_HOLD)
    bob.says("call 1 incoming")
    bob.tell("answer", 1)
    alice.says("call 2 talking")
    alice.hears(tones.COLLEAGUE)
    bob.hears(tones.AGENT)

    alice.tell("join", 1, 2)
    alice.says("call 1 transferred yes")
    alice.says("call 2 ended")
    bob.hears(tones.CALLER)
    assert call.hears(tones.COLLEAGUE)


def test_second_call(lab, alice):
    first = take_caller(lab, alice)
    second = lab.caller("5552000", tones.SUPERVISOR).dial(530)
    alice.says("call 2 incoming 5552000")
    alice.tell("answer", 2)
    alice.says("call 1 held")
    alice.says("call 2 talking")
    alice.hears(tones.SUPERVISOR)
    assert second.hears(tones.AGENT) and first.hears(tones.ON_HOLD)
    alice.tell("hangup", 2)
    mark = alice.mark()
    alice.tell("resume", 1)
    alice.says("call 1 talking", after=mark)
    alice.hears(tones.CALLER)


def test_expected_call_is_taken(lab, alice):
    """Somebody asked the telephone system for a call to this phone: it does not ring."""
    alice.tell("expect", "m1")
    answer = lab.tester.action("Originate", Channel="PJSIP/alice", Context="agents", Exten="601", Priority="1", Async="true",
                               Variable="PJSIP_HEADER(add,X-Liaison-Call)=m1")
    assert answer["Response"] == "Success", answer
    alice.says("call 1 talking")
    alice.hears(tones.NOBODY)


def test_enciphered(lab, phones):
    tina = phones("tina", transport="tls", server="localhost", authority=mailstack.DIRECTORY / "ca.pem")
    tina.says("phone ready")
    tina.tell("dial", "601")
    tina.says("call 1 talking enciphered")
    tina.hears(tones.NOBODY)


def test_enciphered_incoming(lab, phones):
    tina = phones("tina", transport="tls", server="localhost", authority=mailstack.DIRECTORY / "ca.pem")
    tina.says("phone ready")
    add_to_queue(lab, "tina")
    call = lab.caller().dial(500)
    tina.says("call 1 incoming")
    tina.tell("answer", 1)
    tina.says("call 1 talking enciphered")
    tina.hears(tones.CALLER)
    assert call.hears(tones.AGENT)


def test_unknown_authority(lab, phones):
    tina = phones("tina", transport="tls", server="localhost")
    assert "authority" in tina.says("phone unreachable")


def test_other_name(lab, phones):
    tina = phones("tina", transport="tls", server="127.0.0.2", authority=mailstack.DIRECTORY / "ca.pem")
    tina.says("phone unreachable")
