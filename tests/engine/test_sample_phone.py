# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample workspace's telephones with the whole engine: somebody calls from the first moment on, and what the agent asks for is done."""

import time

import pytest

import liaison
from patience import PATIENCE_S


@pytest.fixture
def engine(make_engine, tmp_path):
    assert liaison.run("sample", "--data", tmp_path / "e" / "data")[0] == 0
    engine = make_engine()
    engine.sign_in()
    wait_until(lambda: engine.client.get("/v1/snapshot")["calls"])
    return engine


def wait_until(condition, timeout=PATIENCE_S):
    end = time.monotonic() + timeout
    while not (value := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return value


def calls(client, *states):
    return [call for call in client.get("/v1/snapshot")["calls"] if call["state"] in states]


def waiting(client):
    """Somebody who will wait for a while yet, once they are in the store."""
    return wait_until(lambda: next((call for call in reversed(calls(client, "waiting")) if call["id"]), None), 60)


def name_of(client, call):
    return client.get(f"/v1/conversations/{call['conv']}")["conversation"]["customer"]["name"]


def becomes(client, uniqueid, state):
    return wait_until(lambda: next((call for call in calls(client, state) if call["uniqueid"] == uniqueid), None))


def test_somebody_waits_from_the_first_moment_on(client):
    snapshot = client.get("/v1/snapshot")
    live = snapshot["calls"]

    assert sum(call["state"] in ("waiting", "ringing") for call in live) >= 2
    assert any(call["state"] in ("talking", "held") for call in live)
    assert {queue["name"] for queue in snapshot["queues"] if queue["phone_name"]} == {"Support", "Orders"}
    assert len(snapshot["members"]) == 8 and {member["reason"] for member in snapshot["members"] if member["paused"]} == {"Lunch"}
    wait_until(lambda: any(call["match"] == "exact" and name_of(client, call) for call in calls(client, "waiting", "ringing", "talking")), 60)
    [channel] = snapshot["channels"]
    assert channel["kind"] == "phone" and channel["state"] == "ready"


def test_a_caller_is_taken_and_wrapped_up(client):
    uniqueid = waiting(client)["uniqueid"]
    client.command("call.take", {"call": uniqueid})
    talking = becomes(client, uniqueid, "talking")
    assert [(s["agent"], s["kind"]) for s in talking["segments"]][-1] == ("a_1", "talk") and talking["waits"][-1]["result"] == "grabbed"

    client.command("call.hold", {"call": uniqueid, "on": True})
    becomes(client, uniqueid, "held")
    client.command("call.hold", {"call": uniqueid, "on": False})
    becomes(client, uniqueid, "talking")
    with pytest.raises(liaison.Problem) as nowhere:
        client.command("call.transfer", {"call": uniqueid, "to": "999"})
    assert nowhere.value.body["errors"][0]["code"] == "no-target"

    client.command("call.hangup", {"call": uniqueid})
    wait_until(lambda: client.get("/v1/snapshot")["me"]["availability"] == "wrap-up")
    client.command("call.wrapup", {"call": uniqueid, "disposition": "order", "text": "Wants two more"})
    wait_until(lambda: client.get("/v1/snapshot")["me"]["availability"] == "available")
    timeline = client.get(f"/v1/conversations/{talking['conv']}")["timeline"]
    [entry] = [entry for entry in timeline if entry["kind"] == "call" and entry["d"]["uniqueid"] == uniqueid]
    assert entry["text"] == "Wants two more" and entry["d"]["outcome"] == "answered"


def test_nobody_is_dialled(client):
    """The call is made up, and so is the one that it reaches."""
    dialled = client.command("call.dial", {"number": "+44 1632 960114"})["d"]["call"]
    assert becomes(client, dialled, "dialling")["dir"] == "out"
    client.command("call.hangup", {"call": dialled})
    wait_until(lambda: dialled not in [call["uniqueid"] for call in client.get("/v1/snapshot")["calls"]])


def test_the_day_has_figures(client):
    """As of some hours, however early it is, and the same day is not told twice."""
    figures = client.get("/v1/metrics/queues?since=2001-01-01T00:00:00.000Z")
    entered = sum(queue["entered"] for queue in figures["queues"])
    assert (entered > 40 and sum(queue["answered"] for queue in figures["queues"]) > entered / 2) or time.localtime().tm_hour < 6


def test_it_goes_on_where_it_was(engine):
    """Who was there when it was closed has been dealt with, and no hours are made up that were told already."""
    client = engine.client
    before = client.get("/v1/snapshot")["calls"]
    wait_until(lambda: all(call["id"] for call in client.get("/v1/snapshot")["calls"]))
    told = sum(queue["entered"] for queue in client.get("/v1/metrics/queues")["queues"])
    assert engine.stop() == 0
    engine.start()
    wait_until(lambda: calls(client, "waiting"))
    after = client.get("/v1/snapshot")["calls"]

    assert not {call["uniqueid"] for call in before} & {call["uniqueid"] for call in after}
    for call in before:
        entry = next(e for e in client.get(f"/v1/conversations/{call['conv']}")["timeline"] if e["kind"] == "call" and e["d"]["uniqueid"] == call["uniqueid"]) \
            if call["conv"] else None
        assert entry is None or entry["d"]["outcome"] == "answered"
    queues = client.get("/v1/metrics/queues")["queues"]
    assert sum(queue["lost"] for queue in queues) == 0 and sum(queue["entered"] for queue in queues) <= told + 15
