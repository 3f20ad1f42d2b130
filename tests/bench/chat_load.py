#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of visitors in the whole engine, who write so many messages a second that it keeps: when they know that each is kept, and what agents notice of it,
also while somebody floods. The visitors (chat-visitors.c) and those who flood (chat-flood.c) are in C: they share the machine with what is measured.

usage: chat_load.py BUILDDIR
environment: LIAISON_ENGINE; LIAISON_BENCH_VISITORS (2000), LIAISON_BENCH_RATE (200 messages a second), LIAISON_BENCH_SECONDS (30)
"""

import collections
import contextlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import figures  # noqa: E402
import liaison  # noqa: E402
import proxies  # noqa: E402
import webchat  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).absolute()
VISITORS = int(os.environ.get("LIAISON_BENCH_VISITORS", 2000))
RATE = int(os.environ.get("LIAISON_BENCH_RATE", 200))
SECONDS = int(os.environ.get("LIAISON_BENCH_SECONDS", 30))
FLOODERS = 100
CLERK_PAUSE_S = 0.05


class Clerk(threading.Thread):
    """An agent's window, which asks for the list and a conversation again and again."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.times, self.over = client, [], False

    def run(self):
        conversation = None
        while not self.over:
            paths = ["/v1/views/all/rows?limit=50", "/v1/snapshot"] + ([f"/v1/conversations/{conversation}?limit=50"] if conversation else [])
            for path in paths:
                before = time.monotonic()
                answer = self.client.get(path)
                self.times.append((time.monotonic() - before) * 1000)
                if "/rows" in path and answer["rows"]:
                    conversation = random.choice(answer["rows"])["id"]
                time.sleep(CLERK_PAUSE_S)

    def take(self):
        taken, self.times = self.times, []
        return taken


def sign_up(address, net, numbers):
    """Their tokens, as their browsers would get them through a proxy."""
    return [webchat.wait_until_taken(lambda: webchat.Visitor(address, headers={"X-Forwarded-For": f"{net}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"})).token
            for number in numbers]


class Crowd:
    """The visitors: a process in C, which has the time to look when what."""

    def __init__(self, address):
        tokens = sign_up(address, 10, range(VISITORS))
        self.begin = time.monotonic()
        self.process = subprocess.Popen([BUILD / "tests/bench/chat-visitors", str(address[1]), str(VISITORS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.order("\n".join(tokens))
        self.here_s = time.monotonic() - self.begin

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def write(self, seconds, text):
        return json.loads(self.order(f"{RATE} {seconds} {text}"))


class Flood:
    """Others, who write without end and come back when they are put out."""

    def __init__(self, address):
        self.process = subprocess.Popen([BUILD / "tests/bench/chat-flood", str(address[1])], stdin=subprocess.PIPE, text=True)
        self.process.stdin.write("\n".join(sign_up(address, 11, range(FLOODERS))))
        self.process.stdin.close()

    def end(self):
        self.process.kill()
        self.process.wait()


def at(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def tell(words, n, p50, p95, p99, most, limit_ms):
    over = ": over it" if p99 > limit_ms else ""
    print(f"{words:44} {n:7} {p50:8.2f} {p95:8.2f} {p99:8.2f} {most:8.2f}   p99 limit {limit_ms}{over}", flush=True)


def threads_of(pid):
    """By name: what it has computed and how long it waited for a processor, in ms."""
    found = collections.Counter(), collections.Counter()
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            name = (task / "comm").read_text().strip()
            for counter, ns in zip(found, (task / "schedstat").read_text().split(), strict=False):
                counter[name] += int(ns) / 1e6
    return found


class Part:
    """A part of the measurement, with what the engine computes in it."""

    def __init__(self, engine, clerk, words, *others):
        self.engine, self.clerk, self.words = engine, clerk, words
        self.others = [each.process.pid for each in others]

    def __enter__(self):
        self.clerk.take()
        self.before, self.theirs = threads_of(self.engine.process.pid), [figures.computing_ms(each) for each in self.others]
        self.begin = time.monotonic()
        return self

    def kept(self, done):
        tell("  sent → kept", done["kept"], done["p50"], done["p95"], done["p99"], done["most"], 20)
        print(f"    {done['refused']} refused; p99 from the write on {done['served_p99']:.2f}; messages left late, p99 {done['late_p99']:.2f}")

    def __exit__(self, *_):
        passed = (time.monotonic() - self.begin) * 10
        computed, waited = ({name: after[name] - before[name] for name in after} for after, before in zip(threads_of(self.engine.process.pid), self.before, strict=True))
        others = [f"{(figures.computing_ms(each) - before) / passed:.0f}" for each, before in zip(self.others, self.theirs, strict=True)]
        times = self.clerk.take()
        tell("  what an agent's window asks", len(times), at(times, 0.5), at(times, 0.95), at(times, 0.99), max(times, default=0), 200)
        parts = ", ".join(f"{name} {ms / passed:.0f}+{waited[name] / passed:.0f}" for name, ms in sorted(computed.items(), key=lambda each: -each[1])[:5])
        print(f"    {self.words}: {sum(computed.values()) / passed:.0f} % of a processor (computed+waited for one: {parts}); "
              f"the others {' + '.join(others)}; load {os.getloadavg()[0]:.1f}")


def measure(engine, address):
    memory = engine.memory_kb()
    crowd = Crowd(address)
    print(f"{VISITORS} visitors: here in {crowd.here_s:.1f} s, {(engine.memory_kb() - memory) / VISITORS:.1f} kB each")
    clerk = Clerk(engine.client)
    clerk.start()
    print(f"{'':44} {'':>7} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most':>8}")
    with Part(engine, clerk, "they are quiet", crowd):
        time.sleep(5)
    with Part(engine, clerk, f"their first words, {RATE} a second", crowd) as part:
        part.kept(crowd.write(VISITORS / RATE, "Hello, is anybody there?"))
    with Part(engine, clerk, f"what they go on to say, {RATE} a second", crowd) as part:
        part.kept(crowd.write(SECONDS, "The parcel has not arrived, and the shop says that it was delivered on Tuesday."))
    flood = Flood(address)
    time.sleep(2)
    with Part(engine, clerk, f"the same, while {FLOODERS} others flood", crowd, flood) as part:
        part.kept(crowd.write(SECONDS, "And now?"))
    flood.end()
    clerk.over = True
    clerk.join()
    print(f"{(engine.memory_kb() - memory) / 1024:.0f} MB more memory at the end")
    crowd.process.stdin.close()
    crowd.process.wait()


def main():
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. A message counts from the time when it should have left.")
    with tempfile.TemporaryDirectory() as directory:
        engine = liaison.Engine(directory, extra=["--chat", f"127.0.0.1:{proxies.free_port()}", "--chat-proxy", "127.0.0.1"])
        engine.start()
        address = webchat.start(engine)
        engine.sign_in()
        engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [webchat.ORIGIN]})
        measure(engine, address)
        engine.stop()


if __name__ == "__main__":
    main()
