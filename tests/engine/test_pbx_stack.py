# SPDX-License-Identifier: GPL-3.0-or-later
"""The PBX that the phone tests stand on, and the dialplan that Liaison ships (data/asterisk), without Liaison: what administrators paste must work."""

import itertools

import pytest

import pbx
import tones

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")

HOSTILE = "5%0D%0A%0D%0AEvent%3A%20Hangup%0D%0AUniqueid%3A%201.1%0D%0A%0D%0A"


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


@pytest.fixture
def manager(lab):
    """Liaison's own login: with its rights, behind its filters."""
    manager = pbx.Manager()
    yield manager
    manager.close()


def talk(lab, agent, number=500):
    """A caller and an agent who talk: (caller's call, agent's call)"""
    calling = lab.caller().dial(number).wait_for("talking")
    answered = agent.answer()
    assert calling.hears(tones.AGENT)
    return calling, answered


def test_answer(lab, manager):
    alice = lab.agent("alice", "support")
    calling = lab.caller().dial(500).wait_for("talking")
    answered = alice.ringing()
    assert calling.hears(tones.ON_HOLD)
    answered.answer()
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    assert manager.expect("AgentConnect")["MemberName"] == "alice"
    assert manager.value(lab.channel_of(calling), "LIAISON_DID") == "500"
    answered.hang_up()
    calling.wait_for("ended")
    assert manager.expect("AgentComplete")["Reason"] == "agent"
    heard = [heard for _, _, heard in calling.voice.history() if len(heard) == 1]
    assert [sound for sound, _ in itertools.groupby(heard)] == [{tones.ON_HOLD}, {tones.AGENT}]  # there may be gaps in each


def test_abandon(lab, manager):
    calling = lab.caller().dial(500).wait_for("talking")
    manager.expect("QueueCallerJoin", Queue="support")
    calling.hang_up()
    manager.expect("QueueCallerAbandon", Queue="support")
    manager.expect("Hangup")
    assert not manager.all("UserEvent")


def test_time_over(lab, manager):
    """The caller goes on behind Gosub(liaison-queue), and Liaison is told why."""
    calling = lab.caller().dial(502).wait_for("talking")
    left = manager.expect("UserEvent", UserEvent="LiaisonQueueLeft")
    assert (left["Queue"], left["QueueStatus"]) == ("support", "TIMEOUT")
    assert calling.hears(tones.NOBODY)


def blind_transfer(lab, agent_call, number):
    answer = lab.tester.action("BlindTransfer", Channel=lab.channel_of(agent_call), Context="liaison-transfer", Exten=number)
    assert answer["Response"] == "Success", answer


def refer(_, agent_call, number):
    agent_call.refer(number)


def press(manager, channel, keys):
    for key in keys:
        assert manager.action("PlayDTMF", Channel=channel, Digit=key, Receive="true", Duration=100)["Response"] == "Success"


@pytest.mark.parametrize("transfer", [blind_transfer, refer])
def test_transfer(lab, manager, transfer):
    """From one phone to the next; whoever has the caller then can do all that an agent can."""
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered = talk(lab, alice)
    transfer(lab, answered, "202")
    taken = bob.answer()
    assert calling.hears(tones.COLLEAGUE) and taken.hears(tones.CALLER)
    sue = lab.agent("sue")
    transfer(lab, taken, "203")
    taken = sue.answer()
    assert calling.hears(tones.SUPERVISOR)
    press(manager, lab.channel_of(taken), "*3")
    manager.expect("MixMonitorStart")
    taken.hang_up()
    calling.wait_for("ended")
    assert not lab.waiting()


@pytest.mark.parametrize("transfer, number", [(blind_transfer, "299"), (blind_transfer, "nowhere"), (blind_transfer, "7"), (refer, "299")])
def test_transfer_to_nowhere(lab, manager, transfer, number):
    """He comes back to his queue, before those who came after him, and the next agent gets him."""
    alice = lab.agent("alice", "support")
    calling, answered = talk(lab, alice)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="true")
    lab.wait_in_line("5552000")
    transfer(lab, answered, number)
    assert calling.hears(tones.ON_HOLD)
    assert manager.expect("UserEvent", UserEvent="LiaisonReturned")["Queue"] == "support"
    assert lab.waiting() == ["5551000", "5552000"]
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    alice.answer()
    assert calling.hears(tones.AGENT)


def test_transfer_to_a_word(lab):
    """A phone is told at once that this is no number; nothing has changed for the caller."""
    calling, answered = talk(lab, lab.agent("alice", "support"))
    refer(lab, answered, "nowhere")
    assert pbx.until(lambda: answered.transfer and answered.transfer[-1] == "404"), answered.transfer
    assert calling.hears(tones.AGENT)


def test_transfer_to_colleague_who_rejects(lab, manager):
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered = talk(lab, alice)
    blind_transfer(lab, answered, "202")
    bob.ringing().reject()
    assert manager.expect("UserEvent", UserEvent="LiaisonReturned")["DialStatus"] == "BUSY"
    alice.answer()
    assert calling.hears(tones.AGENT)


def test_transfer_outside(lab, manager):
    alice, outside = lab.agent("alice", "support"), lab.outside()
    calling, answered = talk(lab, alice)
    blind_transfer(lab, answered, "95553000")
    outside.ringing().reject()
    manager.expect("UserEvent", UserEvent="LiaisonReturned")
    again = alice.answer()
    assert calling.hears(tones.AGENT)
    blind_transfer(lab, again, "95553000")
    taken = outside.answer()
    assert calling.hears(tones.OUTSIDE) and taken.hears(tones.CALLER)


def test_returned_caller_is_not_kept_for_ever(lab, manager):
    """What follows Gosub(liaison-queue) in the administrator's dialplan still follows after a failed transfer."""
    alice = lab.agent("alice", "support")
    calling, answered = talk(lab, alice, 502)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="true")
    blind_transfer(lab, answered, "299")
    assert manager.expect("UserEvent", UserEvent="LiaisonQueueLeft")["QueueStatus"] == "TIMEOUT"
    assert calling.hears(tones.NOBODY)


def test_transfer_to_other_queue(lab):
    alice, bob = lab.agent("alice", "support"), lab.agent("bob", "sales")
    calling, answered = talk(lab, alice)
    blind_transfer(lab, answered, "501")
    again = bob.answer()
    assert calling.hears(tones.COLLEAGUE)
    blind_transfer(lab, again, "299")
    bob.answer()
    assert calling.hears(tones.COLLEAGUE)


def test_consult(lab, manager):
    """Asterisk takes the number key by key: # says that it is whole, else it waits three seconds for more where longer numbers exist."""
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered = talk(lab, alice)
    channel = lab.channel_of(answered)
    assert manager.action("Atxfer", Channel=channel, Context="liaison-transfer", Exten="202#")["Response"] == "Success"
    bob.ringing().reject()
    manager.expect("DialEnd", DialStatus="BUSY")
    assert manager.action("CancelAtxfer", Channel=channel)["Response"] == "Success"
    assert calling.hears(tones.AGENT)
    manager.action("Atxfer", Channel=channel, Context="liaison-transfer", Exten="202#")
    consulted = bob.answer()
    assert calling.hears(tones.ON_HOLD) and answered.hears(tones.COLLEAGUE)
    answered.hang_up()
    assert calling.hears(tones.COLLEAGUE) and consulted.hears(tones.CALLER)


def test_desk_phone(lab):
    """A phone that holds and transfers by itself, as agents' phones do."""
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered = talk(lab, alice)
    answered.hold()
    assert calling.hears(tones.ON_HOLD)
    answered.resume()
    assert calling.hears(tones.AGENT)
    answered.hold()
    consult = alice.dial(202)
    consulted = bob.answer()
    consult.wait_for("talking")
    answered.refer_to(consult)
    assert calling.hears(tones.COLLEAGUE) and consulted.hears(tones.CALLER)


def test_park(lab, manager):
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered = talk(lab, alice)
    manager.action("Park", Channel=lab.channel_of(calling), TimeoutChannel=lab.channel_of(answered), Parkinglot="default")
    slot = manager.expect("ParkedCall")["ParkingSpace"]
    assert calling.hears(tones.ON_HOLD)
    bob.dial(slot)
    assert calling.hears(tones.COLLEAGUE)


def withdraw(manager, channel):
    assert manager.action("QueueWithdrawCaller", Queue="support", Caller=channel, WithdrawInfo="alice")["Response"] == "Success"


def redirect(manager, channel):
    manager.action("Setvar", Channel=channel, Variable="LIAISON_AGENT", Value="alice")
    assert manager.action("Redirect", Channel=channel, Context="liaison-grab", Exten="s", Priority=1)["Response"] == "Success"


@pytest.mark.parametrize("grab", [withdraw, redirect])
def test_grab(lab, manager, grab):
    """An agent takes the second in the line; when she does not answer after all, he is the first."""
    alice = lab.agent("alice", "support", paused=True)
    lab.wait_in_line("5552000")
    calling = lab.wait_in_line("5551000")
    channel = lab.channel_of(calling)
    grab(manager, channel)
    alice.ringing().reject()
    assert manager.expect("UserEvent", UserEvent="LiaisonGrab")["DialStatus"] == "BUSY"
    assert pbx.until(lambda: lab.waiting() == ["5551000", "5552000"]), lab.waiting()
    grab(manager, channel)
    answered = alice.answer()
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    assert lab.waiting() == ["5552000"]
    answered.hang_up()
    calling.wait_for("ended")


def test_record(lab, manager):
    calling, answered = talk(lab, lab.agent("alice", "support"))
    before = lab.recordings()
    channel = lab.channel_of(answered)
    press(manager, channel, "*3")
    manager.expect("MixMonitorStart")
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    press(manager, channel, "*3")
    manager.expect("MixMonitorStop")
    recording, = set(lab.recordings()) - set(before)
    assert {tones.AGENT, tones.CALLER} in tones.find_in_file(recording)


@pytest.mark.parametrize("mode, caller, agent", [
    ("listen", {tones.AGENT}, {tones.CALLER}),
    ("whisper", {tones.AGENT}, {tones.CALLER, tones.SUPERVISOR}),
    ("barge", {tones.AGENT, tones.SUPERVISOR}, {tones.CALLER, tones.SUPERVISOR}),
])
def test_spy(lab, manager, mode, caller, agent):
    calling, answered = talk(lab, lab.agent("alice", "support"))
    sue = lab.agent("sue")
    manager.action("Originate", Channel="PJSIP/sue", Context="liaison-spy", Exten=mode, Priority=1, Async="true",
                   Variable=f"SPY_CHANNEL={lab.channel_of(answered)}")
    spying = sue.answer()
    manager.expect("ChanSpyStart")
    assert spying.hears(tones.CALLER, tones.AGENT)
    assert calling.hears(*caller) and answered.hears(*agent)
    answered.hang_up()
    spying.wait_for("ended")


def test_spy_needs_a_channel(lab, manager):
    """Without one ChanSpy would begin with any call there is."""
    talk(lab, lab.agent("alice", "support"))
    sue = lab.agent("sue")
    manager.action("Originate", Channel="PJSIP/sue", Context="liaison-spy", Exten="listen", Priority=1, Async="true")
    sue.answer().wait_for("ended")
    assert not manager.all("ChanSpyStart")


def test_hold_by_engine(lab, manager):
    calling, answered = talk(lab, lab.agent("alice", "support"))
    caller, agent = lab.channel_of(calling), lab.channel_of(answered)
    manager.action("Redirect", Channel=caller, Context="liaison-hold", Exten="s", Priority=1,
                   ExtraChannel=agent, ExtraContext="liaison-hold", ExtraExten="agent", ExtraPriority=1)
    assert calling.hears(tones.ON_HOLD)
    manager.action("Bridge", Channel1=agent, Channel2=caller)
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)


def test_pause(lab, manager):
    alice, bob = lab.agent("alice", "support", "sales"), lab.agent("bob", "support")
    manager.action("QueuePause", Interface="PJSIP/alice", Paused="true", Reason="Lunch ☕")
    manager.expect("QueueMemberPause", Queue="sales", PausedReason="Lunch ☕")
    assert {member["PausedReason"] for member in lab.members(Paused="1")} == {"Lunch ☕"}
    talk_of_bob = lab.caller().dial(500).wait_for("talking"), bob.answer()
    assert not alice.incoming()
    manager.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    lab.caller("5552000").dial(500).wait_for("talking")
    alice.answer()
    assert talk_of_bob[0].hears(tones.COLLEAGUE)


def test_ring_all_and_priority(lab):
    alice, bob = lab.agent("alice", "ringall"), lab.agent("bob", "ringall")
    calling = lab.caller().dial(504).wait_for("talking")
    lost = alice.ringing()
    bob.answer()
    assert calling.hears(tones.COLLEAGUE)
    assert lost.wait_for("ended").status == 487
    lab.wait_in_line("5552000")
    lab.caller("5553000").dial(503).wait_for("talking")
    assert pbx.until(lambda: lab.waiting() == ["5553000", "5552000"])


def test_click_to_call(lab, manager):
    alice, outside = lab.agent("alice"), lab.outside()
    manager.action("Originate", Channel="PJSIP/alice", Context="agents", Exten="95553000", Priority=1, Async="true", ChannelId="lia-1",
                   CallerID="5553000")
    calling, called = alice.answer(), outside.answer()
    assert calling.hears(tones.OUTSIDE) and called.hears(tones.AGENT)
    assert manager.expect("OriginateResponse")["Uniqueid"] == "lia-1"


def test_privacy(lab, manager):
    calling = lab.caller().dial(500, P_Asserted_Identity='"Ann" <sip:5558999@127.0.0.1>', Privacy="id").wait_for("talking")
    assert manager.value(lab.channel_of(calling), "CALLERID(num-pres)").startswith("prohib")
    open_call = lab.caller("5552000").dial(500).wait_for("talking")
    assert manager.value(lab.channel_of(open_call), "CALLERID(num-pres)").startswith("allowed")


def test_forged_caller(lab, manager):
    """The first event of a channel comes before the dialplan; nothing that is written after it carries line ends of the caller's."""
    calling = lab.caller().dial(500, sender=f'"Eve\r" <sip:{HOSTILE}@127.0.0.1>').wait_for("talking")
    joined = manager.expect("QueueCallerJoin")
    assert joined["CallerIDNum"] == "5EventHangupUniqueid1.1" and "\r" not in joined["CallerIDName"]
    forged = len(manager.all("Hangup", Uniqueid="1.1"))
    calling.hang_up()
    manager.expect("QueueCallerAbandon")
    manager.expect("Hangup", Uniqueid=joined["Uniqueid"])
    assert len(manager.all("Hangup", Uniqueid="1.1")) == forged


def test_rights(lab):
    with pytest.raises(PermissionError):
        pbx.Manager(password="wrong")
    for user, action, allowed in [("liaison", "CoreShowChannels", True), ("liaison", "QueuePause", True), ("liaison", "Command", False),
                                  ("limited", "CoreShowChannels", False), ("limited", "QueuePause", False), ("limited", "QueueStatus", True)]:
        manager = pbx.Manager(user)
        answer = manager.action(action, Interface="PJSIP/alice", Paused="true", Command="core show version")
        assert (answer.get("Message") != "Permission denied") == allowed, (user, action, answer)
        manager.close()


def test_encrypted_phone(lab):
    alice, tina = lab.agent("alice"), lab.agent("tina")
    calling = alice.dial(204)
    called = tina.ringing()
    assert " RTP/SAVP " in called.invitation.body and "a=crypto:" in called.invitation.body
    called.reject()
    assert calling.wait_for("ended").status == 486


def test_tls_and_filters(lab):
    manager = pbx.Manager(tls=True)
    alice = lab.agent("alice", "support")
    calling, answered = talk(lab, alice)
    answered.hang_up()
    calling.wait_for("ended")
    manager.expect("AgentComplete")
    manager.expect("Hangup", nth=2)
    assert {event["Event"] for event in manager.events if "Timestamp" not in event or "Privilege" not in event} == {"FullyBooted"}
    assert not {"MusicOnHoldStart", "MusicOnHoldStop", "DeviceStateChange", "SoftHangupRequest", "NewConnectedLine", "CEL"} & set(manager.names())
    manager.close()


def test_restart(lab, manager):
    """Calls are lost, logins and pauses are kept. Its farewell (Shutdown) is no promise: Asterisk closes the connections while it still stands in a queue."""
    lab.agent("alice", "support", "sales")
    manager.action("QueuePause", Interface="PJSIP/alice", Queue="sales", Paused="true", Reason="mail")
    calling = lab.caller().dial(500).wait_for("talking")
    lab.restart()
    calling.wait_for("ended")
    assert manager.wait_for(lambda: manager.closed)
    assert {(member["Queue"], member["PausedReason"]) for member in lab.members()} == {("support", ""), ("sales", "mail")}
    assert not lab.channels()
