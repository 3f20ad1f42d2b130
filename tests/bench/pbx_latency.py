#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes from a PBX' event to a client of the engine, while 2,000 events a second come and every call is written to the store.

usage: pbx_latency.py [SECONDS]: so long (20); the limit is 200 ms for 99 of 100. The time of the client, which is Python's, is in it.
"""

import datetime
import json
import pathlib
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import liaison  # noqa: E402
from pbx_rates import Pbx  # noqa: E402

RATE = 2000
TOGETHER = 200


def set_up(engine, port):
    client = engine.sign_in()
    client.command("agent.save", {"agent": client.get("/v1/snapshot")["me"]["id"], "name": "Alice", "phone": "PJSIP/alice"})
    client.command("agent.save", {"name": "Bob", "phone": "PJSIP/bob"})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": port, "tls": "none", "login": "liaison",
                                   "password": "x", "country": "US", "context": "agents"})
    while client.get("/v1/snapshot")["channels"][0]["state"] != "ready":
        time.sleep(0.05)
    return client


def seconds_of(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Ends(threading.Thread):
    """Reads what the engine tells: how old the last event of a call is when its end arrives."""

    def __init__(self, stream):
        super().__init__(daemon=True)
        self.stream = stream
        self.ages = []
        self.frames = 0

    def run(self):
        for text in self.stream.socket:
            now = time.time()
            self.frames += 1
            if '"ping"' in text[:40]:
                self.stream.send({"t": "pong"})
            elif '"state":"ended"' in text and text.startswith('{"t":"live"'):
                self.ages.append(now - seconds_of(json.loads(text)["d"]["call"]["ended"]))


def play(server, seconds):
    start, events = time.monotonic(), 0
    while (passed := time.monotonic() - start) < seconds:
        due = int(passed * RATE) - events
        if due > 0:
            events += server.step(due, TOGETHER)
        time.sleep(0.005)
    return events / (time.monotonic() - start)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    server = Pbx()
    with tempfile.TemporaryDirectory() as directory:
        engine = liaison.Engine(directory).start()
        try:
            with set_up(engine, server.port).stream() as stream:
                ends = Ends(stream)
                ends.start()
                rate = play(server, seconds)
                time.sleep(1)
        finally:
            engine.stop()
    ages = sorted(1000 * age for age in ends.ages)
    print(f"{rate:.0f} events/s for {seconds:.0f} s, {len(ages)} calls ended, {ends.frames} frames; from the event to the client "
          f"p50 {ages[len(ages) // 2]:.0f}, p99 {ages[len(ages) * 99 // 100]:.0f}, at most {ages[-1]:.0f} ms (limit 200)")


main()
