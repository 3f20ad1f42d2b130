# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces for FreePBX (data/asterisk/freepbx), without Liaison, in a dialplan of the shape that FreePBX writes: tests/stack/asterisk/freepbx.conf."""

import pytest

import pbx
import tones

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


@pytest.fixture
def manager(lab):
    manager = pbx.Manager()
    yield manager
    manager.close()


def member(lab, name):
    """An agent's telephone, a member of FreePBX' queue as FreePBX makes them."""
    phone = lab.agent(name)
    extension = pbx.AGENTS[name][0]
    answer = lab.tester.action("QueueAdd", Queue="510", Interface=f"Local/{extension}@from-queue/n", MemberName=name, StateInterface=f"hint:{extension}@agents")
    assert answer["Response"] == "Success", answer
    return phone


def talk(lab, agent):
    calling = lab.caller().dial(510).wait_for("talking")
    answered = agent.answer()
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    return calling, answered


def test_answer(lab, manager):
    calling, answered = talk(lab, member(lab, "alice"))
    channel = lab.channel_of(calling)
    assert manager.value(channel, "LIAISON_DID") == "510" and manager.value(channel, "LIAISON_QUEUE") == "510"
    answered.hang_up()
    calling.wait_for("ended")
    manager.expect("AgentComplete")
    assert pbx.until(lambda: [note.split("|")[5:8] for note in lab.notes().values()] == [["ANSWER", "510", "510"]])


def test_time_over(lab, manager):
    """Whom nobody answers goes where FreePBX' own queue leads."""
    calling = lab.caller().dial(510).wait_for("talking")
    left = manager.expect("UserEvent", UserEvent="LiaisonQueueLeft")
    assert (left["Queue"], left["QueueStatus"]) == ("510", "TIMEOUT")
    assert calling.hears(tones.NOBODY)


def test_without_the_pieces(lab, manager):
    """The queue works as before for whoever comes to it another way."""
    alice = member(lab, "alice")
    calling = lab.caller().dial(511).wait_for("talking")
    alice.answer()
    assert calling.hears(tones.AGENT)
    assert not lab.notes()


def test_grab(lab, manager):
    """The agent's own telephone is rung past the queue; whoever does not answer sends the caller back to it."""
    bob = lab.agent("bob")
    calling = lab.caller().dial(510).wait_for("talking")
    channel = lab.channel_of(calling)
    assert pbx.until(lambda: lab.waiting("510"))
    assert manager.action("QueueWithdrawCaller", Queue="510", Caller=channel, WithdrawInfo="bob")["Response"] == "Success"
    bob.ringing().reject()
    manager.expect("UserEvent", UserEvent="LiaisonReturned")
    assert pbx.until(lambda: lab.waiting("510"))
    assert manager.action("QueueWithdrawCaller", Queue="510", Caller=channel, WithdrawInfo="bob")["Response"] == "Success"
    bob.answer()
    assert calling.hears(tones.COLLEAGUE)


def test_grab_then_time_over(lab, manager):
    bob = lab.agent("bob")
    calling = lab.caller().dial(510).wait_for("talking")
    assert pbx.until(lambda: lab.waiting("510"))
    assert manager.action("QueueWithdrawCaller", Queue="510", Caller=lab.channel_of(calling), WithdrawInfo="bob")["Response"] == "Success"
    bob.ringing().reject()
    assert manager.expect("UserEvent", UserEvent="LiaisonQueueLeft")["QueueStatus"] == "TIMEOUT"
    assert calling.hears(tones.NOBODY)


def test_move(lab, manager):
    """As Liaison moves a waiting caller: he waits anew, and goes on to where the queue leads."""
    calling = lab.caller().dial(510).wait_for("talking")
    assert pbx.until(lambda: lab.waiting("510"))
    channel = lab.channel_of(calling)
    assert manager.action("Redirect", Channel=channel, Context="liaison-queue", Exten="s", Priority="wait")["Response"] == "Success"
    manager.expect("QueueCallerJoin", nth=2)
    alice = member(lab, "alice")
    alice.ringing()
    assert manager.expect("UserEvent", UserEvent="LiaisonQueueLeft")["QueueStatus"] == "TIMEOUT"
    assert calling.hears(tones.NOBODY)


def test_consult(lab, manager):
    calling, answered = talk(lab, member(lab, "alice"))
    bob = lab.agent("bob")
    channel = next(channel["Channel"] for channel in lab.channels() if channel["Channel"].startswith("PJSIP/alice"))
    assert manager.action("Atxfer", Channel=channel, Exten="202#", Context="liaison-transfer")["Response"] == "Success"
    asked = bob.answer()
    assert calling.hears(tones.ON_HOLD) and asked.hears(tones.AGENT)
    answered.hang_up()
    assert calling.hears(tones.COLLEAGUE)


def test_transfer(lab, manager):
    calling, _ = talk(lab, member(lab, "alice"))
    bob = lab.agent("bob")
    channel = next(channel["Channel"] for channel in lab.channels() if channel["Channel"].startswith("PJSIP/alice"))
    assert manager.action("BlindTransfer", Channel=channel, Exten="202", Context="liaison-transfer")["Response"] == "Success"
    bob.answer()
    assert calling.hears(tones.COLLEAGUE)


def test_transfer_to_colleague_who_rejects(lab, manager):
    """Here he does not come back: what is handed on is the far end of the Local channel, which knows of no queue."""
    calling, _ = talk(lab, member(lab, "alice"))
    bob = lab.agent("bob")
    channel = next(channel["Channel"] for channel in lab.channels() if channel["Channel"].startswith("PJSIP/alice"))
    manager.action("BlindTransfer", Channel=channel, Exten="202", Context="liaison-transfer")
    bob.ringing().reject()
    calling.wait_for("ended")


def test_record(lab, manager):
    """One-touch recording by keys reaches through the Local channel between the agent and the queue."""
    talk(lab, member(lab, "alice"))
    channel = next(channel["Channel"] for channel in lab.channels() if channel["Channel"].startswith("PJSIP/alice"))
    for key in "*3":
        manager.action("PlayDTMF", Channel=channel, Digit=key, Receive="true")
    lab.tester.expect("MixMonitorStart")


@pytest.mark.parametrize("number", ["s", "510", "+4930510"])
def test_trunk(lab, number):
    """Whatever a trunk sends has a way to go; FreePBX takes calls without a dialled number as s."""
    assert lab.tester.action("Getvar", Variable=f"DIALPLAN_EXISTS(from-trunk-liaison,{number},1)")["Value"] == "1"
