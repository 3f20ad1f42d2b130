#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the ringing of a telephone to the frame in which the window shows who calls, on a large store: a real Asterisk, the real engine, the app.

usage: ring.py BUILDDIR DATA [RINGS]        (with Asterisk, an X server and a session bus; DATA/default is the store, and is written to)

Customers of the store call the queue of which the window's own telephone is a member. Time begins when Asterisk says that this telephone is called
(DialBegin, by the PBX' clock: the INVITE leaves then), and ends with the frame (ring-bench.c). Each caller is one the engine has not heard of before.
"""

import os
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

BUILD = pathlib.Path(sys.argv[1]).absolute()
DATA = pathlib.Path(sys.argv[2]).absolute()
RINGS = int(sys.argv[3]) if len(sys.argv) > 3 else 120
HERE = pathlib.Path(__file__).parent
os.environ["LIAISON_ENGINE"] = str(BUILD / "src/engine/liaisond")
sys.path.insert(0, str(HERE.parent / "lib"))

import liaison  # noqa: E402  it reads where the engine is
import mailstack  # noqa: E402
import pbx  # noqa: E402
import window  # noqa: E402
from figures import computing_ms, p95  # noqa: E402

INTERFACE = "PJSIP/alice"
LIMIT_MS = 300
PAINTED = {"call": "that it rings", "customer": "and which customer it is", "card": "and what was written so far"}


def customers():
    """[(number, name)] of so many, by chance."""
    store = sqlite3.connect(f"file:{DATA}/default/liaison.db?mode=ro", uri=True)
    last = store.execute("SELECT max(id) FROM customer").fetchone()[0]
    entries = store.execute("SELECT count(*) FROM entry").fetchone()[0]
    chance = random.Random(1)
    found = {}
    while len(found) < RINGS:
        row = store.execute("SELECT a.raw, c.name FROM customer c JOIN address a ON a.customer_id = c.id AND a.kind = 'phone' WHERE c.id >= ? ORDER BY c.id LIMIT 1",
                            [chance.randrange(last)]).fetchone()
        if row:
            found[row[0]] = row[1]
    store.close()
    print(f"{entries} entries in the store", flush=True)
    return list(found.items())


def set_up():
    """The stack's Asterisk, and alice's telephone in the window."""
    engine = liaison.Engine(DATA / "setup")
    engine.data, engine.credentials = DATA / "default", DATA / "credentials.json"
    engine.start().sign_in()
    client, ports = engine.client, mailstack.ports()
    me = client.get("/v1/snapshot")["me"]["id"]
    client.command("agent.save", {"agent": me, "name": "Alice", "phone": INTERFACE, "extension": "201"})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": ports["AMI"], "tls": "none",
                                   "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents"})
    client.command("agent.phone", {"agent": me, "account": {"server": "127.0.0.1", "port": ports["SIP"], "transport": "udp", "user": "alice",
                                                            "secret": pbx.PASSWORD, "ca": None}})
    assert pbx.until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready", 30), client.get("/v1/snapshot")["channels"]
    engine.stop()


class App:
    """ring-bench: what it has painted, and when."""

    def __init__(self):
        self.painted = {}  # (what, number) -> (seconds since 1970, name)
        self.ready = False
        self.changed = threading.Condition()
        self.process = subprocess.Popen([BUILD / "tests/bench/ring-bench"], env=window.environment(BUILD, DATA), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                if line == "ready\n":
                    self.ready = True
                else:
                    at, what, number, name = line.rstrip("\n").split("\t")
                    self.painted.setdefault((what, number), (int(at) / 1e6, name))
                self.changed.notify_all()

    def wait(self, condition, seconds):
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    def engine_pid(self):
        """The app starts it."""
        return next(int(file.parent.name) for file in pathlib.Path("/proc").glob("[0-9]*/cmdline")
                    if file.read_bytes().split(b"\0")[0].endswith(b"liaisond") and str(DATA).encode() in file.read_bytes())

    def computing(self):
        return computing_ms(self.process.pid), computing_ms(self.engine_pid())

    def quit(self):
        self.process.stdin.close()
        self.process.wait(20)


def log_in(lab):
    """The queue is to ring the window's telephone."""
    assert lab.tester.action("QueueAdd", Queue="support", Interface=INTERFACE, MemberName="alice", StateInterface=INTERFACE)["Response"] == "Success"


def ring(lab, app, number, name):
    """One caller: ms from the ringing until each thing was painted, and what app and engine computed for it."""
    # Whoever leaves while it rings is soon another's ring: the telephone has to be free.
    assert pbx.until(lambda: lab.is_free("alice"))
    before = app.computing()
    phone = lab.caller(number)
    call = phone.dial(500)
    dialled = lab.tester.expect("DialBegin", CallerIDNum=number, timeout=20)
    app.wait(lambda: ("card", number) in app.painted, 10)
    missing = [what for what in PAINTED if (what, number) not in app.painted]
    assert not missing, (number, "not painted", missing)
    assert app.painted["customer", number][1] == name, (number, name, app.painted["customer", number])
    computed = [after - then for after, then in zip(app.computing(), before)]
    call.hang_up()
    lab.phones.remove(phone)
    phone.close()
    return [1000 * (app.painted[what, number][0] - float(dialled["Timestamp"])) for what in PAINTED] + computed


def report(rings):
    print(f"{len(rings)} rings, from the telephone's to the frame; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for index, words in enumerate([*PAINTED.values(), "the app computes", "the engine computes"]):
        ms = [times[index] for times in rings]
        limit = f"limit p95 {LIMIT_MS}{'' if p95(ms) <= LIMIT_MS else ': over it'}" if index < len(PAINTED) else ""
        print(f"  {words:28} p50 {statistics.median(ms):6.0f}   p95 {p95(ms):6.0f}   max {max(ms):6.0f} ms   {limit}", flush=True)


def main():
    callers = customers()
    with pbx.Pbx() as lab:
        set_up()
        with lab.registering("alice", 30):
            app = App()
        try:
            assert app.wait(lambda: app.ready, 60), "the window has no conversations"
            log_in(lab)
            rings = []
            for number, name in callers:
                rings.append(ring(lab, app, number, name))
                time.sleep(0.3)
        finally:
            app.quit()
    report(rings)


if __name__ == "__main__":
    main()
