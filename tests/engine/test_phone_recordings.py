# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings and voicemail of a real Asterisk: what was said there is heard here. Skipped without one."""

import pathlib
import time

import pytest

import liaison
import mailstack
import pbx
import tones
from patience import PATIENCE_S

from test_phone_live import ended, live, until_ready

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def url(tls=False):
    ports = mailstack.ports()
    return f"https://localhost:{ports['ARIS']}" if tls else f"http://127.0.0.1:{ports['ARI']}/"


def connect(client, **recordings):
    """The stack's Asterisk as a channel; alice's telephone is mine."""
    client.command("agent.save", {"agent": client.get("/v1/snapshot")["me"]["id"], "name": "Alice", "phone": "PJSIP/alice", "extension": "201"})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": mailstack.ports()["AMI"],
                                   "tls": "none", "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents", **recordings})
    return until_ready(client)


def with_files(**fields):
    return {"recordings_url": url(), "recordings_login": "liaison", "recordings_password": pbx.PASSWORD, **fields}


def entry_of(client, number="5551000"):
    rows = [row for view in ("all", "closed") for row in client.get(f"/v1/views/{view}/rows?limit=200")["rows"]]
    entries = [entry for row in rows for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"]
               if entry["kind"] in ("call", "voicemail") and number in (entry["d"]["number"], None)]
    return entries[-1] if entries else None


def until_state(client, state, timeout=PATIENCE_S, number="5551000"):
    def found():
        entry = entry_of(client, number)
        return entry if entry and [recording["state"] for recording in entry["d"]["recordings"]] == [state] else None

    return pbx.until(found, timeout) or pytest.fail(str(entry_of(client, number)))


def heard(client, entry, directory):
    """What sounds in the entry's recording."""
    [attachment] = entry["attachments"]
    assert attachment["type"].startswith("audio/") and attachment["name"].endswith(".wav")
    path = pathlib.Path(directory) / "heard.wav"
    status, _, body = client.raw("GET", f"/v1/blobs/{attachment['blob']}")
    assert status == 200 and len(body) == attachment["size"]
    path.write_bytes(body)
    return tones.find_in_file(path)


def talk(lab, client):
    alice = lab.agent("alice", "support")
    caller = lab.caller().dial(500)
    answered = alice.answer()
    assert caller.hears(tones.AGENT)
    return caller, answered, live(client, "5551000", "talking")


def record(caller, answered, client, call, **fields):
    client.command("call.record", {"call": call["uniqueid"], "on": True, **fields})
    time.sleep(1)
    assert caller.hears(tones.AGENT) and answered.hears(tones.CALLER)


@pytest.mark.parametrize("tls", [False, True])
def test_a_recording_is_fetched(lab, client, tmp_path, tls):
    ca = mailstack.DIRECTORY / "ca.pem"
    connect(client, **with_files(recordings_url=url(tls), ca=ca.read_text()))
    caller, answered, call = talk(lab, client)
    record(caller, answered, client, call, consent=True)
    answered.hang_up()
    entry = until_state(client, "kept")
    assert {tones.AGENT, tones.CALLER} in heard(client, entry, tmp_path)
    [recording] = entry["d"]["recordings"]
    assert recording["from"] < recording["to"] and not recording["voicemail"] and recording["problem"] == ""
    [consent] = entry["d"]["consents"]
    assert consent["agent"] == client.get("/v1/snapshot")["me"]["id"] and call["created"] < consent["at"] < recording["to"]


def test_two_recordings_of_a_call(lab, client):
    connect(client, **with_files())
    caller, answered, call = talk(lab, client)
    for _ in range(2):
        record(caller, answered, client, call)
        client.command("call.record", {"call": call["uniqueid"], "on": False})
        time.sleep(1.1)  # the PBX names files by the second
    answered.hang_up()
    entry = pbx.until(lambda: (entry := entry_of(client)) and len(entry["attachments"]) == 2 and entry)
    assert entry, entry_of(client)
    assert [recording["state"] for recording in entry["d"]["recordings"]] == ["kept", "kept"] and entry["d"]["consents"] == []


def test_without_an_address_it_stays(lab, client):
    connect(client)
    caller, answered, call = talk(lab, client)
    record(caller, answered, client, call)
    answered.hang_up()
    entry = until_state(client, "remote")
    assert entry["attachments"] == [] and entry["d"]["recordings"][0]["file"].endswith(".wav")


def test_a_wrong_login_is_said_and_put_right(lab, client, tmp_path):
    channel = connect(client, **with_files(recordings_password="no"))
    caller, answered, call = talk(lab, client)
    record(caller, answered, client, call)
    answered.hang_up()
    assert pbx.until(lambda: "login for recordings" in until_state(client, "fetching")["d"]["recordings"][0]["problem"]), entry_of(client)
    client.command("channel.update", {"channel": channel["id"], "recordings_password": pbx.PASSWORD})
    entry = until_state(client, "kept")
    assert {tones.AGENT, tones.CALLER} in heard(client, entry, tmp_path)


def test_a_foreign_certificate_is_refused(lab, client):
    connect(client, **with_files(recordings_url=url(tls=True)))
    caller, answered, call = talk(lab, client)
    record(caller, answered, client, call)
    answered.hang_up()
    assert pbx.until(lambda: "certificate" in until_state(client, "fetching")["d"]["recordings"][0]["problem"]), entry_of(client)


@pytest.mark.parametrize("address", ["http://pbx.example.org:8088", "ftp://127.0.0.1/", "https://user:x@pbx.example.org", "pbx"])
def test_the_password_goes_nowhere_else(client, address):
    with pytest.raises(liaison.Problem) as problem:
        connect(client, **with_files(recordings_url=address))
    assert problem.value.kind == "validation"


def test_killed_before_the_fetch(lab, make_engine, tmp_path):
    """The engine dies after the call was kept, when nothing has been fetched; the next one fetches it once."""
    engine = make_engine()
    client = engine.sign_in()
    channel = connect(client, **with_files(recordings_url="http://127.0.0.1:1/"))
    caller, answered, call = talk(lab, client)
    record(caller, answered, client, call)
    answered.hang_up()
    until_state(client, "fetching")
    client.command("channel.update", {"channel": channel["id"], "recordings_url": url()})
    engine.kill()
    engine.start()
    client = engine.client
    entry = until_state(client, "kept")
    assert {tones.AGENT, tones.CALLER} in heard(client, entry, tmp_path)
    assert len(entry["attachments"]) == 1


def test_voicemail(lab, client, tmp_path):
    connect(client, **with_files())
    lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(505)
    assert pbx.until(lambda: (call := entry_of(client)) and call["d"]["recordings"])
    time.sleep(3)
    caller.hang_up()
    entry = until_state(client, "kept")
    assert entry["kind"] == "voicemail" and entry["d"]["outcome"] == "voicemail"
    assert frozenset({tones.CALLER}) in heard(client, entry, tmp_path)
    [row] = client.get("/v1/views/callbacks/rows")["rows"]
    assert row["id"] == entry["conv"] and row["state"] == "open" and row["due_at"] and row["waiting_since"]
    client.command("callback.done", {"entry": entry["id"]})
    assert client.get("/v1/views/callbacks/rows")["rows"] == []


def test_a_key_leads_to_voicemail(lab, client, tmp_path):
    connect(client, **with_files())
    caller = lab.caller().dial(506).wait_for("talking")
    live(client, "5551000", "waiting")
    lab.tester.action("PlayDTMF", Channel=lab.channel_of(caller), Digit="1", Receive="true")
    assert pbx.until(lambda: (call := entry_of(client)) and call["d"]["recordings"]), entry_of(client)
    time.sleep(3)
    caller.hang_up()
    entry = until_state(client, "kept")
    assert entry["kind"] == "voicemail" and frozenset({tones.CALLER}) in heard(client, entry, tmp_path)
    assert [wait["result"] for wait in entry["d"]["waits"]] == ["timed-out"]


def test_who_says_nothing_has_left_no_message(lab, client):
    connect(client, **with_files())
    lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(505)
    assert pbx.until(lambda: (call := entry_of(client)) and call["d"]["recordings"])
    caller.hang_up()
    call = ended(client, "5551000")
    assert call["outcome"] == "timed-out" and call["recordings"] == []


def leave_message(lab, number, extension):
    """Somebody who speaks for some seconds and hangs up, with nobody there to see it."""
    caller = lab.caller(number).dial(extension).wait_for("talking")
    assert pbx.until(lambda: any(channel["Application"] == "Record" for channel in lab.channels())), lab.channels()
    time.sleep(3)
    caller.hang_up()
    assert pbx.until(lambda: not lab.channels())


def all_entries(client):
    rows = {row["id"] for view in ("all", "closed") for row in client.get(f"/v1/views/{view}/rows?limit=200")["rows"]}
    return [entry for row in rows for entry in client.get(f"/v1/conversations/{row}")["timeline"] if entry["kind"] in ("call", "voicemail")]


def test_what_was_recorded_while_nobody_looked(lab, make_engine, tmp_path):
    """After a queue, at once, and in a talk: each is there once, however often the engine is killed before all of it is."""
    engine = make_engine()
    client = engine.sign_in()
    connect(client, **with_files())
    alice = lab.agent("alice", "support", paused=True)
    engine.stop()
    leave_message(lab, "5554001", 505)
    leave_message(lab, "5554002", 507)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="false")
    caller = lab.caller("5554003").dial(500)
    answered = alice.answer()
    lab.tester.action("MixMonitor", Channel=lab.channel_of(caller), File=f"{time.time_ns()}.wav", options="b")
    assert caller.hears(tones.AGENT) and answered.hears(tones.CALLER)
    time.sleep(1)
    answered.hang_up()
    assert pbx.until(lambda: not lab.channels())

    for _ in range(3):
        engine.start()
        until_ready(client)
        assert pbx.until(lambda: len(all_entries(client)) == 3), all_entries(client)
        engine.kill()
    engine.start()
    for number, extension, kind, voices in ("5554001", 505, "voicemail", {tones.CALLER}), ("5554002", 507, "voicemail", {tones.CALLER}), ("5554003", 500, "call", {tones.CALLER, tones.AGENT}):
        entry = until_state(client, "kept", number=number)
        assert entry["kind"] == kind and entry["d"]["offline"] and entry["d"]["recordings"][0]["voicemail"] == (kind == "voicemail")
        assert frozenset(voices) in heard(client, entry, tmp_path), (number, extension)
    assert pbx.until(lambda: not lab.notes()), lab.notes()
    assert len(all_entries(client)) == 3 and all(len(entry["attachments"]) == 1 for entry in all_entries(client))
    assert len(client.get("/v1/views/callbacks/rows")["rows"]) == 2


def test_a_message_outlives_the_engine(lab, make_engine, tmp_path):
    """The engine dies in the middle of a message; it is found whole, and once."""
    engine = make_engine()
    client = engine.sign_in()
    connect(client, **with_files())
    lab.agent("alice", "support", paused=True)
    caller = lab.caller().dial(505)
    assert pbx.until(lambda: (call := entry_of(client)) and call["d"]["recordings"])
    engine.kill()
    time.sleep(3)
    caller.hang_up()
    assert pbx.until(lambda: not lab.channels())
    engine.start()
    entry = until_state(client, "kept")
    assert frozenset({tones.CALLER}) in heard(client, entry, tmp_path)
    assert pbx.until(lambda: not lab.notes()), lab.notes()
    entry = entry_of(client)
    assert (entry["kind"], entry["d"]["outcome"], len(entry["attachments"]), len(all_entries(client))) == ("voicemail", "voicemail", 1, 1)


def test_a_message_that_began_without_us(lab, make_engine, tmp_path):
    """The connection comes back in the middle of a message: the call is seen, its message only in the note of it."""
    engine = make_engine()
    client = engine.sign_in()
    channel = connect(client, **with_files())
    client.command("channel.update", {"channel": channel["id"], "port": 1})
    caller = lab.caller().dial(507).wait_for("talking")
    assert pbx.until(lambda: any(channel["Application"] == "Record" for channel in lab.channels())), lab.channels()
    client.command("channel.update", {"channel": channel["id"], "port": mailstack.ports()["AMI"]})
    assert pbx.until(lambda: entry_of(client))
    time.sleep(3)
    caller.hang_up()
    assert pbx.until(lambda: entry_of(client)["d"]["ended"]) and entry_of(client)["d"]["recordings"] == []
    engine.stop()
    engine.start()
    entry = until_state(client, "kept")
    assert (entry["kind"], entry["d"]["outcome"], len(all_entries(client))) == ("voicemail", "voicemail", 1)
    assert frozenset({tones.CALLER}) in heard(client, entry, tmp_path)


def test_a_name_that_leads_elsewhere(lab, client):
    """What the PBX calls a file decides nothing here: a name with ../ in it is no recording."""
    connect(client, **with_files())
    caller, answered, call = talk(lab, client)
    channel = lab.channel_of(caller)
    lab.tester.action("MixMonitor", Channel=channel, File="../outside/../../evil.wav", options="b")
    assert pbx.until(lambda: entry_of(client)["d"]["recording"])
    time.sleep(1)
    answered.hang_up()
    assert ended(client, "5551000")["recordings"] == []
