# SPDX-License-Identifier: GPL-3.0-or-later
"""POST /v1/doctor/phone against a real Asterisk: what it finds, and what it says when something is missing."""

import datetime
import re
import socket
import threading

import pytest

import liaison
import mailstack
import pbx
import tones
from phone_engine import connect, ended, live

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")

STEPS = ["name", "reach", "certificate", "login", "rights", "timestamps", "clock", "version", "modules", "queues", "phones", "dialplan", "keys", "recordings", "callers"]


def described(**changes):
    """The PBX as an administrator would enter it."""
    return {"system": "asterisk", "host": "localhost", "port": mailstack.ports()["AMIS"], "tls": "tls", "login": "liaison", "password": pbx.PASSWORD,
            "ca": (mailstack.DIRECTORY / "ca.pem").read_text(), **changes}


def plain(**changes):
    return described(**{"port": mailstack.ports()["AMI"], "tls": "none", "ca": None, **changes})


def outcome(answer):
    """The step that failed, and why. What follows was not tried, and what came before worked."""
    states = [step["state"] for step in answer["steps"]]
    at = states.index("failed")
    assert not answer["ok"] and set(states[at + 1:]) <= {"skipped"} and set(states[:at]) <= {"ok", "advice"}, answer
    return answer["steps"][at]["step"], answer["steps"][at]["code"]


def step(answer, name):
    return next(step for step in answer["steps"] if step["step"] == name)


class Between:
    """Stands between Liaison and the PBX, and changes what the PBX says."""

    def __init__(self, change):
        self.change = change
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", mailstack.ports()["AMI"]))
            threading.Thread(target=self.copy, args=(client, server, lambda message: message), daemon=True).start()
            threading.Thread(target=self.copy, args=(server, client, self.change), daemon=True).start()

    @staticmethod
    def copy(source, target, change):
        rest = b""
        try:
            while more := source.recv(65536):
                *whole, rest = (rest + more).split(b"\r\n")
                target.sendall(b"".join(change(line + b"\r\n") for line in whole))
        except OSError:
            pass
        for end in source, target:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()


@pytest.fixture
def between():
    made = []

    def make(change):
        made.append(Between(change))
        return made[-1].port

    yield make
    for one in made:
        one.close()


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def test_everything(client, lab):
    lab.agent("alice", "support")
    answer = client.post("/v1/doctor/phone", described())
    assert answer["ok"] and [step["step"] for step in answer["steps"]] == STEPS, answer["steps"]
    assert [step for step in answer["steps"] if step["state"] != "ok"] == []
    assert re.fullmatch(r"2\d\.\d+\.\d+", answer["version"]) and answer["profile"] == "asterisk" and answer["context"] == "agents"
    queues = {queue["name"]: queue for queue in answer["queues"]}
    assert list(queues) == sorted(pbx.QUEUES) and queues["support"] == {"name": "support", "strategy": "rrmemory", "members": ["PJSIP/alice"]}
    assert queues["sales"]["members"] == []
    assert [(phone["phone"], phone["extension"]) for phone in answer["phones"]] == [(f"PJSIP/{name}", pbx.AGENTS[name][0]) for name in pbx.AGENTS]
    alice, bob = answer["phones"][:2]
    assert alice == {"phone": "PJSIP/alice", "extension": "201", "context": "agents", "member": "", "reachable": True} and not bob["reachable"]
    assert client.post("/v1/doctor/phone", plain())["ok"]


def test_recordings(client, lab):
    """They can be fetched or not, and either way the rest works."""
    ports = mailstack.ports()

    def said(**changes):
        fields = {"recordings_url": f"https://localhost:{ports['ARIS']}", "recordings_login": "liaison", "recordings_password": pbx.PASSWORD, **changes}
        answer = client.post("/v1/doctor/phone", described(**fields))
        assert answer["ok"]
        found = step(answer, "recordings")
        return found["state"], found["code"]

    assert said() == ("ok", None)
    assert said(recordings_url=f"http://127.0.0.1:{ports['ARI']}/") == ("ok", None)
    assert said(recordings_url="") == ("ok", "no-recordings")
    assert said(recordings_password="no") == ("advice", "recordings-refused")
    assert said(recordings_url="https://localhost:1") == ("advice", "recordings-unreachable")
    assert said(recordings_url="http://pbx.example.org") == ("advice", "recordings-unreachable")
    assert said(recordings_url=f"http://127.0.0.1:{ports['ARI']}/elsewhere") == ("advice", "recordings-missing")


def test_what_callers_forge(client, lab):
    """It is counted, told once, and the doctor says that nothing has to be done."""
    lab.agent("alice", "support")
    channel = connect(client)
    assert (channel["forged"], channel["forged_last"]) == (0, None)
    assert step(client.post(f"/v1/doctor/{channel['id']}", {}), "callers")["state"] == "ok"

    with client.stream() as stream:
        forged = "5%0D%0A%0D%0AEvent%3A%20Hangup%0D%0AUniqueid%3A%201.2%0D%0A%0D%0A"
        evil = lab.caller("5552000").dial(500, sender=f"<sip:{forged}@127.0.0.1>").wait_for("talking")
        stream.wait_for(lambda frame: frame["t"] == "ev" and frame["k"] == "channel.changed")
    evil.hang_up()
    [channel] = client.get("/v1/snapshot")["channels"]
    assert channel["forged"] > 0 and channel["forged_last"] > channel["since"]
    callers = step(client.post(f"/v1/doctor/{channel['id']}", {}), "callers")
    assert (callers["state"], callers["code"]) == ("advice", "forged") and "message" in callers["detail"]


def test_nothing_is_changed(client, lab):
    lab.agent("alice", "support")
    before = pbx.Manager("tester").list("QueueStatus")
    client.post("/v1/doctor/phone", described())
    assert pbx.Manager("tester").list("QueueStatus") == before or [item.pop("ActionID") for item in before]
    assert not pbx.Manager("tester").list("CoreShowChannels")


def test_members_of_other_names(client, lab):
    """As FreePBX has them: the queue rings a Local channel, and watches the telephone."""
    lab.tester.action("QueueAdd", Queue="sales", Interface="Local/202@queues/n", StateInterface="PJSIP/bob")
    try:
        answer = client.post("/v1/doctor/phone", described())
    finally:
        lab.tester.action("QueueRemove", Queue="sales", Interface="Local/202@queues/n")
    assert next(phone for phone in answer["phones"] if phone["phone"] == "PJSIP/bob")["member"] == "Local/202@queues/n"


def test_rights(client, lab):
    answer = client.post("/v1/doctor/phone", plain(login="limited"))
    assert outcome(answer) == ("rights", "few-rights")
    failed = step(answer, "rights")
    assert failed["detail"] == "Missing in “write”: call, agent, user, reporting, originate. Missing in “read”: system."
    assert failed["file"] == "manager.conf" and "write = call,agent,user,reporting,originate" in failed["paste"]

    answer = client.post("/v1/doctor/phone", plain(login="tester"))
    assert answer["ok"] and step(answer, "rights")["code"] == "many-rights" and "system, command, config" in step(answer, "rights")["detail"]


@pytest.mark.parametrize("right, line, instead", [("agent", b"Privilege: agent", b"Privilege: other"), ("system", b"Event: FullyBooted", b"Response: Other")])
def test_what_is_not_told(client, lab, between, right, line, instead):
    """Rights to read: their events do not come."""
    lab.agent("alice", "support")
    hidden = between(lambda said: said.replace(line, instead))
    answer = client.post("/v1/doctor/phone", plain(port=hidden))
    assert outcome(answer) == ("rights", "few-rights") and step(answer, "rights")["detail"] == f"Missing in “read”: {right}."


def test_timestamps(client, lab, between):
    answer = client.post("/v1/doctor/phone", plain(port=between(lambda line: b"" if line.startswith(b"Timestamp:") else line)))
    assert outcome(answer) == ("timestamps", "no-timestamps") and "timestampevents = yes" in step(answer, "timestamps")["paste"]


@pytest.mark.parametrize("by, detail", [(-182, "The telephone system is 3 min 2 s behind."), (3, "The telephone system is 3 s ahead."), (-1, None)])
def test_clocks_that_differ(client, lab, between, by, detail):
    def move(line):
        return b"Timestamp: %d%s" % (int(line[11:line.index(b".")]) + by, line[line.index(b"."):]) if line.startswith(b"Timestamp: ") else line

    answer = client.post("/v1/doctor/phone", plain(port=between(move)))
    assert answer["ok"] and step(answer, "clock")["code"] == ("wrong-clock" if detail else None)
    assert detail is None or step(answer, "clock")["detail"] == detail


def test_a_call_on_a_pbx_that_is_behind(client, lab, between):
    """Its caller waits since now, not since three minutes ago."""
    def move(line):
        return b"Timestamp: %d%s" % (int(line[11:line.index(b".")]) - 180, line[line.index(b"."):]) if line.startswith(b"Timestamp: ") else line

    connect(client, port=between(move))
    before = datetime.datetime.now(datetime.UTC)
    caller = lab.caller().dial(500)
    call = live(client, "5551000", "waiting")
    begun = datetime.datetime.fromisoformat(call["waits"][0]["from"])
    assert abs((begun - before).total_seconds()) < 60, (begun, before)
    caller.hang_up()
    assert ended(client, "5551000")["wait_s"] < 100


@pytest.mark.parametrize("version, code", [("13.38.3", "too-old"), ("18.24.1", "unsafe-version"), ("certified/20.7-cert2", "unsafe-version"),
                                           ("18.26.4", None), ("GIT-master-0a1b", None)])
def test_versions(client, lab, between, version, code):
    other = between(lambda line: f"AsteriskVersion: {version}\r\n".encode() if line.startswith(b"AsteriskVersion:") else line)
    answer = client.post("/v1/doctor/phone", plain(port=other))
    assert step(answer, "version")["code"] == code and answer["ok"] == (code != "too-old")


def test_what_is_not_pasted(client, lab, between):
    """No dialplan of ours, and a module that is not loaded: Liaison works, but for what they are for."""
    def change(line):
        if line.startswith(b"Park:"):
            return b""
        return b"Value: 0\r\n" if line == b"Value: 1\r\n" else b"Value: \r\n" if line.startswith(b"Value: *") else line

    answer = client.post("/v1/doctor/phone", plain(port=between(change)))
    assert answer["ok"]
    assert {name: step(answer, name)["code"] for name in ("modules", "dialplan", "keys")} == {
        "modules": "no-modules", "dialplan": "no-dialplan", "keys": "no-keys"}
    assert step(answer, "modules")["paste"] == "load = res_parking.so\n" and "liaison-queue" in step(answer, "dialplan")["detail"]
    assert step(answer, "dialplan")["paste"] == '#include "liaison/extensions.conf"\n' and step(answer, "dialplan")["file"] == "extensions.conf"


def test_freepbx(client, lab, between):
    """Known by where its hints are. What is missing goes into the files that it leaves alone."""
    def change(line):
        return b"Value: \r\n" if line.startswith(b"Value: *") else line.replace(b"Context: agents", b"Context: ext-local")

    answer = client.post("/v1/doctor/phone", plain(port=between(change)))
    assert answer["ok"] and answer["profile"] == "freepbx"
    assert answer["phones"][0]["member"] == "Local/201@from-queue/n"
    keys = step(answer, "keys")
    assert (keys["code"], keys["file"]) == ("no-keys", "features_featuremap_custom.conf") and keys["paste"].startswith("automixmon => ")
    assert "liaison-freepbx-queue" not in (step(answer, "dialplan")["detail"] or "")


def test_freepbx_without_its_piece(client, lab, between):
    """The queue's part for any Asterisk alone would ring nobody there."""
    asked = [b""]

    def change(line):
        if line.startswith(b"Variable: "):
            asked[0] = line
        if line.startswith(b"Value: ") and b"liaison-freepbx-queue" in asked[0]:
            return b"Value: 0\r\n"
        return line.replace(b"Context: agents", b"Context: ext-local")

    dialplan = step(client.post("/v1/doctor/phone", plain(port=between(change))), "dialplan")
    assert (dialplan["code"], dialplan["detail"], dialplan["file"]) == ("no-dialplan", "liaison-freepbx-queue", "extensions_custom.conf")


@pytest.mark.parametrize("lacks, told", [(b"DIALPLAN_EXISTS(liaison-left,", "liaison-left"), (b"DB_EXISTS(", "func_db.so")])
def test_a_dialplan_that_notes_no_callers(client, lab, between, lacks, told):
    """The dialplan of an earlier Liaison, and an Asterisk without its database: who calls while Liaison is off would be lost."""
    asked = [b""]

    def change(line):
        if line.startswith(b"Variable: "):
            asked[0] = line.removeprefix(b"Variable: ")
        return b"Value: \r\n" if line.startswith(b"Value: ") and asked[0].startswith(lacks) else line

    answer = client.post("/v1/doctor/phone", plain(context="agents", port=between(change)))
    assert answer["ok"] and step(answer, "dialplan")["code"] == "no-dialplan" and step(answer, "dialplan")["detail"] == told


def test_where_agents_dial(client, lab):
    answer = client.post("/v1/doctor/phone", described(context="from-elsewhere"))
    assert answer["ok"] and step(answer, "dialplan")["code"] == "wrong-context" and step(answer, "dialplan")["detail"] == "from-elsewhere"
    assert step(client.post("/v1/doctor/phone", described(context="agents")), "dialplan")["state"] == "ok"


@pytest.mark.parametrize("changes, expected", [
    ({"password": "wrong"}, ("login", "wrong-password")),
    ({"login": "nobody"}, ("login", "wrong-password")),
    ({"ca": None}, ("certificate", "unknown-ca")),
    ({"host": "no-such-host.invalid"}, ("name", "no-such-host")),
    ({"port": 1}, ("reach", "refused")),
])
def test_refused(client, changes, expected):
    assert outcome(client.post("/v1/doctor/phone", described(**changes))) == expected


def test_lines_for_the_login(client):
    failed = step(client.post("/v1/doctor/phone", plain(password="wrong")), "login")
    assert failed["file"] == "manager.conf" and failed["paste"] == (
        '#include "liaison/manager.conf"\n[liaison](liaison-engine)\nsecret = \npermit = 127.0.0.1/255.255.255.255\n')


def test_other_servers(client):
    ports = mailstack.ports()
    assert outcome(client.post("/v1/doctor/phone", described(port=ports["AMI"]))) == ("certificate", "no-tls")
    assert outcome(client.post("/v1/doctor/phone", plain(port=ports["IMAP"]))) == ("login", "not-a-pbx")
    assert outcome(client.post("/v1/doctor/phone", described(port=ports["IMAPS"]))) == ("login", "not-a-pbx")


def test_call(client, lab):
    """A telephone rings, and whoever answers hears a tone of 1000 Hz."""
    alice = lab.agent("alice")
    answers = []
    asking = threading.Thread(target=lambda: answers.append(client.post("/v1/doctor/phone", described(phone="PJSIP/alice"))))
    asking.start()
    talk = alice.answer()
    assert talk.hears(tones.NOBODY)
    asking.join(30)
    (answer,) = answers
    assert answer["ok"] and [step["step"] for step in answer["steps"]] == ["name", "reach", "certificate", "login", "ring", "answer", "filters"]
    assert {step["state"] for step in answer["steps"]} == {"ok"}


def test_call_that_fails(client, lab):
    assert outcome(client.post("/v1/doctor/phone", described(phone="PJSIP/bob"))) == ("ring", "unreachable")
    assert outcome(client.post("/v1/doctor/phone", plain(login="limited", phone="PJSIP/alice"))) == ("ring", "few-rights")


@pytest.mark.parametrize("phone", ["Local/0900@from-internal", "PJSIP/0900@trunk", "PJSIP/a&PJSIP/b", "PJSIP/a\r\nAction: Logoff"])
def test_call_out_of_the_house(client, phone):
    with pytest.raises(liaison.Problem) as problem:
        client.post("/v1/doctor/phone", described(phone=phone))
    assert problem.value.body["errors"] == [{"pointer": "/phone", "code": "no-target"}]


def test_wrong_body(client):
    for changes, pointer in (({"system": "replay"}, "/system"), ({"host": ""}, "/host"), ({"port": 0}, "/port"), ({"tls": "maybe"}, "/tls")):
        with pytest.raises(liaison.Problem) as problem:
            client.post("/v1/doctor/phone", described(**changes))
        assert problem.value.body["errors"][0]["pointer"] == pointer
