# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine with the stack's Asterisk as a channel: what tests ask it about calls."""

import mailstack
import pbx


def connect(client, **config):
    """The stack's Asterisk as a channel; alice's telephone is mine. Nobody wraps up after a call."""
    client.command("agent.save", {"agent": client.get("/v1/snapshot")["me"]["id"], "name": "Alice", "phone": "PJSIP/alice", "extension": "201"})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": mailstack.ports()["AMI"],
                                   "tls": "none", "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents", **config})
    channel = until_ready(client)
    for queue in queues_of(client, set(pbx.QUEUES) - set(config.get("hidden_queues", []))):
        client.command("queue.save", {"queue": queue["id"], "wrapup_s": 0})
    return channel


def queues_of(client, names):
    """Those of the PBX with these names, once they are all ours."""
    def found():
        return [queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_channel"] and queue["phone_name"] in names]

    assert pbx.until(lambda: len(found()) == len(names)), client.get("/v1/snapshot")["queues"]
    return found()


def until_ready(client):
    def channel():
        return next((channel for channel in client.get("/v1/snapshot")["channels"] if channel["kind"] == "phone"), None)

    assert pbx.until(lambda: channel() and channel()["state"] == "ready"), channel()
    return channel()


def entries(client):
    """Every call's entry in the store, the newest state of it."""
    found = {}
    for view in ("all", "closed"):
        for row in client.get(f"/v1/views/{view}/rows?limit=200")["rows"]:
            for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"]:
                if entry["kind"] == "call":
                    assert entry["d"]["uniqueid"] not in found or found[entry["d"]["uniqueid"]] == entry, "one call, two entries"
                    found[entry["d"]["uniqueid"]] = entry
    return [entry["d"] for entry in found.values()]


def ended(client, number):
    def of_number():
        return [call for call in entries(client) if call["number"] == number]

    assert pbx.until(lambda: of_number() and all(call["ended"] for call in of_number())), of_number()
    [call] = of_number()
    return call


def live(client, number, state):
    """The call as the snapshot has it, once it is in that state."""
    def found():
        return next((call for call in client.get("/v1/snapshot")["calls"] if call["number"] == number and call["state"] == state), None)

    call = pbx.until(found)
    assert call, client.get("/v1/snapshot")["calls"]
    return call
