# SPDX-License-Identifier: GPL-3.0-or-later
"""What Liaison makes of a real Asterisk, and what it does to it: telephones say what is true, LiaAmiProvider what it believes."""

import contextlib
import socket
import ssl
import threading
import time
import uuid

import pytest

import mailstack
import pbx
import tones
from patience import PATIENCE_S
from provider import Gap, Provider, Refused

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


@pytest.fixture
def phone(lab):
    with Provider() as provider:
        yield provider.up()


def talk(lab, phone, agent, number="5551000"):
    """A customer and an agent who talk: (customer's telephone, agent's telephone, the call as Liaison sees it)"""
    calling = lab.caller(number).dial(500).wait_for("talking")
    answered = agent.answer()
    assert calling.hears(tones.AGENT)
    return calling, answered, phone.until(number, state="talking")


def ended(phone, outcome, number="5551000"):
    return phone.until(number, state="ended", outcome=outcome)


def kinds(call, agent=None):
    return [segment["kind"] for segment in call["segments"] if agent in (None, segment["agent"])]


def refused(code, function, *arguments, **fields):
    with pytest.raises(Refused) as raised:
        function(*arguments, **fields)
    assert raised.value.code == code, raised.value
    assert raised.value.message[0].isupper() and raised.value.message.endswith("."), raised.value.message


# What happens at the PBX -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["agent", "caller"])
def test_answer_and_hang_up(lab, phone, who):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    assert (call["dir"], call["queue"], call["did"], call["number"], call["recovered"]) == ("in", "support", "500", "5551000", False)
    (answered if who == "agent" else calling).hang_up()
    call = ended(phone, "answered")
    assert kinds(call, "a_alice")[-1] == "talk"
    assert [(wait["queue"], wait["result"]) for wait in call["waits"]] == [("support", "answered")]
    assert [(offer["agent"], offer["result"]) for offer in call["offers"]] == [("a_alice", "answered")]


def test_abandon(lab, phone):
    calling = lab.caller().dial(500).wait_for("talking")
    call = phone.until(state="waiting")
    assert call["waits"][0]["position"] == 1
    calling.hang_up()
    assert ended(phone, "abandoned")["waits"][0]["result"] == "abandoned"


def test_time_over(lab, phone):
    calling = lab.caller().dial(502).wait_for("talking")
    call = phone.wait(lambda: (call := phone.only()) and call["waits"] and call["waits"][0]["result"] == "timed-out" and call)
    assert call and call["state"] != "ended"
    calling.hang_up()
    ended(phone, "timed-out")


def test_no_answer(lab, phone):
    alice = lab.agent("alice", "support")
    calling = lab.caller().dial(500).wait_for("talking")
    alice.ringing()
    phone.until(state="ringing")
    assert phone.wait(lambda: [offer["result"] for offer in phone.only()["offers"]][:1] == ["no-answer"])
    calling.hang_up()
    ended(phone, "abandoned")


def test_reject(lab, phone):
    alice = lab.agent("alice", "support")
    calling = lab.caller().dial(500).wait_for("talking")
    ringing = alice.ringing()
    phone.until(state="ringing")
    ringing.reject()
    assert phone.wait(lambda: [offer["result"] for offer in phone.only()["offers"]][:1] == ["rejected"])
    calling.hang_up()
    ended(phone, "abandoned")


def test_withheld(lab, phone):
    """Nobody hears of the number, not even for an instant."""
    calling = lab.caller().dial(500, P_Asserted_Identity='"Ann" <sip:5558999@127.0.0.1>', Privacy="id").wait_for("talking")
    call = phone.wait(lambda: next((call for call in phone.calls.values() if call["state"] == "waiting"), None))
    assert call["withheld"] and (call["number"], call["name"]) == ("", "")
    calling.hang_up()
    assert phone.wait(lambda: phone.calls[call["uniqueid"]]["state"] == "ended")
    assert "5558999" not in str(phone.said)


def test_forged_caller(lab, phone):
    """The number is made harmless, the call marked, and nobody else's call is touched."""
    calling, answered, _ = talk(lab, phone, lab.agent("alice", "support"))
    victim = phone.only()["legs"][0]["uniqueid"]
    forged = f"5%0D%0A%0D%0AEvent%3A%20Hangup%0D%0AUniqueid%3A%20{victim}%0D%0A%0D%0A"
    evil = lab.caller("5552000").dial(500, sender=f"<sip:{forged}@127.0.0.1>").wait_for("talking")
    call = phone.wait(lambda: next((call for call in phone.calls.values() if call["tainted"]), None))
    assert call and call["state"] == "waiting"
    assert phone.only()["state"] == "talking"
    evil.hang_up()
    assert phone.wait(lambda: phone.calls[call["uniqueid"]]["state"] == "ended")
    answered.hang_up()
    ended(phone, "answered")


# Commands ----------------------------------------------------------------------------------------------------------------------------------


def test_hang_up(lab, phone):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    refused("gone", phone.run, "hangup", call, phone="PJSIP/bob")
    phone.run("hangup", call)
    calling.wait_for("ended")
    ended(phone, "answered")
    refused("gone", phone.run, "hangup", call)


def test_transfer(lab, phone):
    bob = lab.agent("bob")
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("transfer", call, target="202")
    taken = bob.answer()
    assert calling.hears(tones.COLLEAGUE) and taken.hears(tones.CALLER)
    answered.wait_for("ended")
    call = phone.wait(lambda: (call := phone.only())["state"] == "talking" and "talk" in kinds(call, "a_bob") and call)
    assert call, phone.only()
    taken.hang_up()
    ended(phone, "answered")


@pytest.mark.parametrize("target, code", [("299", "no-target"), ("nowhere", "no-target"), ("2\r\nx", "no-target"), ("", "no-target"), ("202", "unreachable")])
def test_transfer_to_nowhere(lab, phone, target, code):
    """The PBX would say that it succeeded, and drop the caller."""
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    refused(code, phone.run, "transfer", call, target=target)
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)


def test_transfer_to_busy(lab, phone):
    """He comes back, to the head of his queue."""
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered, call = talk(lab, phone, alice)
    phone.run("transfer", call, target="202")
    bob.ringing().reject()
    again = alice.answer()
    assert calling.hears(tones.AGENT)
    phone.until(state="talking")
    again.hang_up()
    call = ended(phone, "answered")
    assert len([call for call in phone.calls.values() if call["number"] == "5551000"]) == 1
    assert [wait["queue"] for wait in call["waits"]] == ["support", "support"]


def test_consult_and_complete(lab, phone):
    bob = lab.agent("bob")
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("consult", call, target="202")
    ringing = bob.ringing()
    phone.until(state="consulting")
    refused("state", phone.run, "complete", call)
    ringing.answer()
    assert calling.hears(tones.ON_HOLD) and answered.hears(tones.COLLEAGUE)
    assert phone.wait(lambda: any(leg["state"] == "up" and leg["agent"] == "a_bob" for leg in phone.only()["legs"]))
    refused("state", phone.run, "consult", call, target="203")
    phone.run("complete", call)
    assert calling.hears(tones.COLLEAGUE) and ringing.hears(tones.CALLER)
    call = phone.until(state="talking")
    ringing.hang_up()
    call = ended(phone, "answered")
    assert "consult" in kinds(call, "a_alice") and kinds(call, "a_bob")[-1] == "talk"


def test_consult_and_cancel(lab, phone):
    bob = lab.agent("bob")
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    refused("state", phone.run, "cancel", call)
    phone.run("consult", call, target="202")
    consulted = bob.answer()
    assert answered.hears(tones.COLLEAGUE)
    phone.run("cancel", call)
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    consulted.wait_for("ended")
    phone.until(state="talking")


def test_consult_with_busy(lab, phone):
    """The agent has the caller again without doing anything."""
    bob = lab.agent("bob")
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("consult", call, target="202")
    bob.ringing().reject()
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    phone.until(state="talking")


def test_consult_with_who_does_not_want_to_be_disturbed(lab, phone):
    """The refusal is there before it is known over which channel they consult, and the dialplan goes on with a busy tone."""
    bob = lab.agent("bob")
    bob.refuses = "486 Do Not Disturb"
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("consult", call, target="602")
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    phone.until(state="talking")


def test_park(lab, phone):
    alice = lab.agent("alice", "support")
    calling, answered, call = talk(lab, phone, alice)
    refused("state", phone.run, "park", call, on=False)
    phone.run("park", call)
    assert calling.hears(tones.ON_HOLD)
    call = phone.until(state="parked")
    assert call["slot"].startswith("70")
    answered.wait_for("ended")
    phone.run("park", call, on=False)
    back = alice.answer()
    assert calling.hears(tones.AGENT) and back.hears(tones.CALLER)
    phone.until(state="talking", slot="")
    back.hang_up()
    ended(phone, "answered")


def test_take(lab, phone):
    """The second in the line; the first goes on waiting."""
    alice = lab.agent("alice", "support", paused=True)
    lab.caller("5552000").dial(500).wait_for("talking")
    phone.until("5552000", state="waiting")
    calling = lab.caller().dial(500).wait_for("talking")
    call = phone.until(state="waiting")
    refused("unreachable", phone.run, "take", call, phone="PJSIP/bob")
    phone.run("take", call)
    ringing = alice.ringing()
    assert ringing.invitation.get("X-Liaison-Call") == call["uniqueid"]
    ringing.answer()
    assert calling.hears(tones.AGENT)
    call = phone.until(state="talking")
    assert [wait["result"] for wait in call["waits"]] == ["grabbed"]
    assert phone.until("5552000", state="waiting")["waits"][0]["position"] == 1
    refused("state", phone.run, "take", call)


@pytest.mark.parametrize("mode, caller, agent", [
    ("listen", {tones.AGENT}, {tones.CALLER}),
    ("whisper", {tones.AGENT}, {tones.CALLER, tones.SUPERVISOR}),
    ("barge", {tones.AGENT, tones.SUPERVISOR}, {tones.CALLER, tones.SUPERVISOR}),
])
def test_supervise(lab, phone, mode, caller, agent):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    sue = lab.agent("sue")
    refused("gone", phone.run, "supervise", call, phone="PJSIP/sue", target="PJSIP/bob", mode=mode)
    phone.run("supervise", call, phone="PJSIP/sue", target="PJSIP/alice", mode=mode)
    spying = sue.answer()
    assert spying.hears(tones.CALLER, tones.AGENT)
    assert calling.hears(*caller) and answered.hears(*agent)
    assert phone.wait(lambda: [leg["agent"] for leg in phone.only()["legs"] if leg["kind"] == "spy"] == ["a_sue"])
    answered.hang_up()
    spying.wait_for("ended")
    ended(phone, "answered")
    assert phone.wait(lambda: all(call["state"] == "ended" for call in phone.calls.values())), phone.calls


def test_listening_is_no_call(lab, phone):
    """From the first ring on: nobody is told of one, and the mode changes without ringing again."""
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    sue = lab.agent("sue")
    name = "lia-spy-" + str(uuid.uuid4())

    def spies():
        return [(leg["uniqueid"], leg["agent"], leg["mode"], leg["state"]) for leg in phone.only()["legs"] if leg["kind"] == "spy"]

    phone.run("supervise", call, phone="PJSIP/sue", target="PJSIP/alice", mode="listen", name=name)
    spying = sue.answer()
    assert spying.invitation.get("X-Liaison-Call") == name
    assert phone.wait(lambda: spies() == [(name, "a_sue", "listen", "up")]), spies()
    for mode, caller, agent in ("whisper", {tones.AGENT}, {tones.CALLER, tones.SUPERVISOR}), \
            ("barge", {tones.AGENT, tones.SUPERVISOR}, {tones.CALLER, tones.SUPERVISOR}), ("listen", {tones.AGENT}, {tones.CALLER}):
        phone.run("supervise", call, phone="PJSIP/sue", target="PJSIP/alice", mode=mode, name="lia-spy-" + str(uuid.uuid4()))
        assert phone.wait(lambda: spies() == [(name, "a_sue", mode, "up")]), spies()
        assert calling.hears(*caller) and answered.hears(*agent) and spying.hears(tones.CALLER, tones.AGENT)
    phone.run("hangup", call, phone="PJSIP/sue")
    spying.wait_for("ended")
    assert answered.state == calling.state == "talking"
    answered.hang_up()
    ended(phone, "answered")
    told = {line["call"]["uniqueid"] for line in phone.said if "call" in line}
    assert told == {call["uniqueid"]} and not [line for line in phone.said if "gone" in line]


def test_record(lab, phone):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    before = lab.recordings()
    phone.run("record", call)
    phone.run("record", call)  # it is so already
    phone.until(recording=True)
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    phone.run("record", call, on=False)
    phone.until(recording=False)
    recording, = set(lab.recordings()) - set(before)
    assert {tones.AGENT, tones.CALLER} in tones.find_in_file(recording)


def test_hold(lab, phone):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("hold", call)
    assert calling.hears(tones.ON_HOLD)
    phone.until(state="held")
    phone.run("hold", call, on=False)
    assert calling.hears(tones.AGENT) and answered.hears(tones.CALLER)
    phone.until(state="talking")
    answered.hang_up()
    ended(phone, "answered")


def test_one_at_a_time(lab, phone):
    """What takes its time keeps the call's other commands off; other calls go on."""
    alice, bob = lab.agent("alice", "support"), lab.agent("bob")
    calling, answered, call = talk(lab, phone, alice)
    first = phone.start("consult", uniqueid=call["uniqueid"], phone="PJSIP/alice", target="202")
    refused("busy", phone.run, "hold", call)
    phone.finish(first)
    phone.run("cancel", call)
    assert calling.hears(tones.AGENT)
    answered.hang_up()  # not before: Asterisk 22.10 dies of who goes in the middle of a transfer
    ended(phone, "answered")


def test_keys(lab, phone):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    phone.run("dtmf", call, target="12#")
    assert pbx.until(lambda: "".join(calling.voice.pressed.values()) == "12#"), calling.voice.pressed
    refused("no-target", phone.run, "dtmf", call, target="1x")


def test_dial(lab, phone):
    alice, outside = lab.agent("alice"), lab.outside()
    refused("no-target", phone.run, "dial", target="299")
    refused("unreachable", phone.run, "dial", phone="PJSIP/bob", target="95553000")
    refused("unreachable", phone.run, "dial", phone="PJSIP/nobody", target="95553000")
    phone.finish(phone.start("dial", uniqueid="lia-1", phone="PJSIP/alice", target="95553000"))
    ringing = alice.ringing()
    assert ringing.invitation.get("X-Liaison-Call") == "lia-1"
    assert "95553000" in ringing.invitation.get("From")
    ringing.answer()
    called = outside.answer()
    assert ringing.hears(tones.OUTSIDE) and called.hears(tones.AGENT)
    call = phone.wait(lambda: phone.calls.get("lia-1", {}).get("state") == "talking" and phone.calls["lia-1"])
    assert call and (call["dir"], call["number"]) == ("out", "5553000")
    phone.run("hangup", call)
    called.wait_for("ended")


def test_colleague_sees_who_dials(lab, phone):
    alice, bob = lab.agent("alice"), lab.agent("bob")
    phone.finish(phone.start("dial", uniqueid="lia-2", phone="PJSIP/alice", target="202"))
    alice.answer()
    assert "201" in bob.ringing().invitation.get("From")


def test_login_and_pause(lab, phone):
    lab.agent("alice")
    for _ in range(2):
        phone.run("login", target="PJSIP/alice", queue="support")
    phone.run("login", target="PJSIP/alice", queue="sales")
    member = phone.wait(lambda: phone.members.get(("support", "PJSIP/alice")))
    assert (member["agent"], member["name"], member["phone"], member["paused"]) == ("a_alice", "Alice", "PJSIP/alice", False)
    phone.run("pause", target="PJSIP/alice", text="Lunch ☕")
    assert phone.wait(lambda: [member["reason"] for member in phone.members.values()] == ["Lunch ☕"] * 2)
    phone.run("pause", target="PJSIP/alice", queue="sales", on=False)
    assert phone.wait(lambda: [phone.members[queue, "PJSIP/alice"]["paused"] for queue in ("support", "sales")] == [True, False])
    for _ in range(2):
        phone.run("login", target="PJSIP/alice", queue="sales", on=False)
    assert phone.wait(lambda: [*phone.members] == [("support", "PJSIP/alice")])
    refused("no-target", phone.run, "login", target="PJSIP/alice", queue="nothing")
    refused("no-target", phone.run, "pause", target="PJSIP/nobody")
    refused("refused", phone.run, "pause", target="PJSIP/alice", text="a\r\nAction: Originate")


def test_move_and_priority(lab, phone):
    bob = lab.agent("bob", "sales")
    lab.caller("5552000").dial(500).wait_for("talking")
    phone.until("5552000", state="waiting")
    lab.caller("5553000").dial(500).wait_for("talking")
    calling = lab.caller().dial(500).wait_for("talking")
    call = phone.until(state="waiting")
    phone.run("priority", call, number=10)
    assert phone.wait(lambda: [phone.only(number)["waits"][-1]["position"] for number in ("5551000", "5552000", "5553000")] == [1, 2, 3])
    assert lab.waiting() == ["5551000", "5552000", "5553000"]
    refused("no-target", phone.run, "move", call, queue="nothing")
    phone.run("move", call, queue="sales")
    bob.answer()
    assert calling.hears(tones.COLLEAGUE)
    call = phone.until(state="talking")
    assert [(wait["queue"], wait["result"]) for wait in call["waits"]] == [("support", "transferred"), ("sales", "answered")]
    assert not call["recovered"]
    refused("state", phone.run, "move", call, queue="support")


def test_not_by_us(lab, phone):
    calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
    refused("unsupported", phone.run, "answer", call)
    refused("unsupported", phone.run, "mute", call)


# The connection ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options, reason, detail", [
    ({"password": "wrong"}, "wrong-password", ""),
    ({"login": "limited"}, "few-rights", "call, agent, user, reporting, originate"),
    ({"port": 1}, "refused", "127.0.0.1"),
])
def test_why_not(lab, options, reason, detail):
    with Provider(**options) as provider:
        assert provider.wait(lambda: provider.links and provider.link()["link"] == "down")
        assert provider.link()["reason"] == reason and detail in provider.link()["detail"], provider.link()
        refused("down", provider.run, "pause", target="PJSIP/alice")


def over_tls(**reached):
    return Provider(**{"host": "localhost", "port": mailstack.ports()["AMIS"], "tls": "tls", "ca": mailstack.authority(), **reached})


def test_over_tls(lab):
    """The house's own authority: what is told, and what is asked for."""
    with over_tls() as phone:
        phone.up()
        calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
        phone.run("hangup", call)
        calling.wait_for("ended")
        ended(phone, "answered")


def down(provider):
    assert provider.wait(lambda: provider.links and provider.link()["link"] == "down"), provider.links
    assert provider.link()["detail"], provider.link()
    return provider.link()["reason"]


@pytest.mark.parametrize("ca", [None, "unknown-ca.pem"])
def test_authority_that_is_not_ours(lab, ca):
    with over_tls(ca=ca and (mailstack.DIRECTORY / ca).read_text()) as provider:
        assert down(provider) == "unknown-ca"


class Impostor:
    """Says that it is a PBX, with one of the stack's certificates, and keeps what it hears."""

    def __init__(self, certificate):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(mailstack.DIRECTORY / f"{certificate}.pem", mailstack.DIRECTORY / f"{certificate}.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard, self.visited = b"", threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        connection, _ = self.listener.accept()
        try:
            connection = self.context.wrap_socket(connection, server_side=True)
            connection.sendall(b"Asterisk Call Manager/11.0.0\r\n")
            while b"\r\n\r\n" not in self.heard and (more := connection.recv(4096)):
                self.heard += more
        except (OSError, ssl.SSLError):
            pass
        connection.close()
        self.visited.set()


@pytest.mark.parametrize("certificate, reason", [("wronghost", "wrong-host"), ("expired", "expired"), ("unknown", "unknown-ca"), ("good", "lost")])
def test_impostor(lab, certificate, reason):
    """Who cannot prove to be the PBX is not told the password; with a good certificate it would be."""
    impostor = Impostor(certificate)
    with over_tls(port=impostor.port) as provider:
        assert down(provider) == reason
        assert impostor.visited.wait(10)
    assert (b"Secret: secret" in impostor.heard) == (certificate == "good"), impostor.heard


def test_not_a_pbx(lab):
    with Provider(port=mailstack.ports()["IMAP"]) as provider:
        assert provider.wait(lambda: provider.links and provider.link()["link"] == "down")
        assert provider.link()["reason"] == "not-a-pbx"


def test_what_was_there_before(lab):
    """A provider that starts late knows the calls, the members and who waits where."""
    alice = lab.agent("alice", "support")
    calling = lab.caller().dial(500).wait_for("talking")
    answered = alice.answer()
    assert calling.hears(tones.AGENT)
    lab.caller("5552000").dial(500).wait_for("talking")
    lab.caller("5553000").dial(500, P_Asserted_Identity="<sip:5558999@127.0.0.1>", Privacy="id").wait_for("talking")
    assert pbx.until(lambda: len(lab.waiting()) == 2)
    with Provider() as phone:
        phone.up()
        call = phone.until(state="talking")
        assert call["recovered"] and kinds(call, "a_alice")[-1] == "talk"
        assert phone.until("5552000")["waits"][0]["position"] == 1
        hidden, = (call for call in phone.calls.values() if call["withheld"])
        assert hidden["waits"][0]["position"] == 2 and "5558999" not in str(phone.said)
        assert phone.members["support", "PJSIP/alice"]["state"] == "in-use"
        assert {"support", "sales", "ringall"} <= set(phone.queues)
        phone.run("hangup", call)
        ended(phone, "answered")


class SlowQuestion(pbx.Cable):
    """Keeps the first question whether a number may be shown, and all after it, until `released`."""

    def __init__(self):
        self.asked, self.released = threading.Event(), threading.Event()
        super().__init__()

    def hand_on(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if b"CALLERID(num-pres)" in data:
                    self.asked.set()
                    assert self.released.wait(PATIENCE_S)
                target.sendall(data)


def test_withheld_while_connecting(lab):
    """A call begins while it is asked of others whether their numbers may be shown: nobody hears of its number either."""
    lab.caller("5552000").dial(500).wait_for("talking")
    cable = SlowQuestion()
    with Provider(port=cable.port) as phone:
        assert cable.asked.wait(PATIENCE_S)
        lab.caller("5553000").dial(500, P_Asserted_Identity="<sip:5558999@127.0.0.1>", Privacy="id").wait_for("talking")
        assert pbx.until(lambda: len(lab.waiting()) == 2)
        time.sleep(0.2)  # until its events are there
        cable.released.set()
        phone.up()
        assert phone.wait(lambda: [call for call in phone.calls.values() if call["withheld"]])
        phone.until("5552000", state="waiting")
        assert "5558999" not in str(phone.said)
    cable.pull()


def test_cut(lab):
    """No connection for ten seconds in the middle of a call, nor at the next tries; one more ends unseen, and one comes unseen."""
    gap = Gap()
    with Provider(port=gap.port) as phone:
        phone.up()
        calling, answered, call = talk(lab, phone, lab.agent("alice", "support"))
        leaving = lab.caller("5552000").dial(500).wait_for("talking")
        phone.until("5552000", state="waiting")
        gap.cut()
        since = time.monotonic()
        assert phone.wait(lambda: phone.link()["link"] != "up")
        assert phone.wait(lambda: phone.link()["reason"] in ("lost", "refused"))
        leaving.hang_up()
        lab.caller("5553000").dial(500).wait_for("talking")
        assert phone.wait(lambda: gap.refused >= 2 and phone.link()["link"] == "down"), phone.links
        time.sleep(max(0, 10 - (time.monotonic() - since)))
        gap.mend()
        assert phone.wait(lambda: phone.link()["link"] == "up"), phone.links
        assert phone.only()["uniqueid"] == call["uniqueid"] and phone.only()["state"] == "talking" and phone.only()["recovered"]
        assert kinds(phone.only(), "a_alice").count("talk") == 1
        assert phone.only("5552000")["outcome"] == "lost"
        assert phone.only("5553000")["state"] == "waiting"
        answered.hang_up()
        ended(phone, "answered")
    gap.close()


def test_restart_of_the_pbx(lab, phone):
    lab.agent("alice", "support", "sales")
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Queue="sales", Paused="true", Reason="mail")
    lab.caller().dial(500).wait_for("talking")
    phone.until()
    lab.restart()
    assert phone.wait(lambda: any(link["reason"] == "shutdown" for link in phone.links)), phone.links
    assert phone.wait(lambda: phone.link()["link"] == "up" and len([link for link in phone.links if link["link"] == "up"]) == 2, 30), phone.links
    assert phone.only()["state"] == "ended"
    assert {key: member["reason"] for key, member in phone.members.items()} == {("support", "PJSIP/alice"): "", ("sales", "PJSIP/alice"): "mail"}
    calling = lab.caller("5552000").dial(500).wait_for("talking")
    phone.until("5552000", state="waiting")
    calling.hang_up()
    ended(phone, "abandoned", "5552000")


def test_a_pbx_that_starts(lab):
    """It lets in and answers before its queues are there: nothing is asked, and nothing told, until it says that they are."""
    lab.agent("alice", "support")
    gap = Gap()
    gap.drop = lambda message: b"Event: FullyBooted" in message
    with Provider(port=gap.port) as phone:
        assert not phone.wait(lambda: any("calls" in line or line.get("link") == "up" for line in phone.said), 3), phone.said
        gap.cut()
        gap.drop = lambda message: False
        gap.mend()
        phone.up()
        assert [*phone.members] == [("support", "PJSIP/alice")]
    gap.close()


def test_killed(lab):
    """Twenty calls go on while Liaison does not: afterwards each is there once, and how it ended is known or said to be lost."""
    numbers = [f"55560{index:02}" for index in range(20)]
    with Provider() as phone:
        phone.up()
        calls = [lab.caller(number).dial(500).wait_for("talking") for number in numbers]
        for number in numbers:
            phone.until(number, state="waiting")
        phone.kill()
        kept = [*phone.calls.values()]
    for call in calls[:5]:
        call.hang_up()
    assert pbx.until(lambda: len(lab.waiting()) == 15)
    with Provider(calls=kept) as again:
        for call in kept:
            again.calls[call["uniqueid"]] = call
        again.up()
        for call in calls[5:10]:
            call.hang_up()
        for number in numbers[5:10]:
            ended(again, "abandoned", number)
        assert sorted(call["number"] for call in again.calls.values()) == numbers
        assert [again.only(number)["outcome"] for number in numbers[:5]] == ["lost"] * 5
        assert all(again.only(number)["state"] == "waiting" and again.only(number)["recovered"] for number in numbers[10:])
        assert {again.only(number)["uniqueid"] for number in numbers} == {call["uniqueid"] for call in kept}
        assert pbx.until(lambda: sorted(again.only(number)["waits"][-1]["position"] for number in numbers[10:]) == [*range(1, 11)])


def test_audit(lab):
    """Events that never came are noticed, said in the log and made good."""
    gap = Gap()
    with Provider(port=gap.port, audit=500) as phone:
        phone.up()
        calling = lab.caller().dial(500).wait_for("talking")
        phone.until(state="waiting")
        gap.drop = lambda message: message.startswith((b"Event: Hangup", b"Event: QueueCaller"))
        calling.hang_up()
        call = phone.until(state="ended")
        assert call["outcome"] == "lost"
        assert [line for line in phone.log if "is no more" in line], phone.log
    gap.close()
