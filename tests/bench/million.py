#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole engine on a store of 100,000 conversations and 1,000,000 entries: what the app waits for, over HTTP on the unix socket.

usage: million.py BUILDDIR [STORE]      (`store-bench STORE` fills one when it is not there)
"""

import json
import os
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

BUILD = pathlib.Path(sys.argv[1]).absolute()
STORE = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "_dev/bench-store/data").absolute()
os.environ["LIAISON_ENGINE"] = str(BUILD / "src/engine/liaisond")
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))

import liaison  # noqa: E402  it reads where the engine is
from figures import computing_ms, p95  # noqa: E402

ROUNDS = 200
STARTS = 7
TARGET_MS = 20


class Samples:
    """What to ask for: conversations and words drawn from the store, words as often as they are written."""

    def __init__(self):
        store = sqlite3.connect(f"file:{STORE}/liaison.db?mode=ro", uri=True)
        self.random = random.Random(1)
        self.conversations = [row[0] for row in store.execute("SELECT id FROM conversation ORDER BY id")]
        self.entries, last = store.execute("SELECT count(*), max(seq) FROM entry").fetchone()
        self.texts = []
        while len(self.texts) < 2000:
            row = store.execute("SELECT data FROM journal WHERE kind = 'entry.added' AND seq >= ? LIMIT 1", [self.random.randrange(last)]).fetchone()
            words = json.loads(row[0]).get("text", "").split() if row else []
            if len(words) > 2:
                self.texts.append(words)
        store.close()

    def words(self, n):
        """So many that stand one after the other somewhere."""
        text = self.random.choice(self.texts)
        at = self.random.randrange(len(text) - n + 1)
        return text[at:at + n]

    def conversation(self):
        return f"/v1/conversations/c_{self.random.choice(self.conversations)}"


def search(text):
    return "/v1/search?" + urllib.parse.urlencode({"q": text})


def questions(samples):
    return {
        "first page of my work": lambda: "/v1/views/mine/rows",
        "first page of all open ones": lambda: "/v1/views/all/rows",
        "the snapshot after signing in": lambda: "/v1/snapshot",
        "a conversation": samples.conversation,
        "the conversation of 10,000 entries": lambda: f"/v1/conversations/c_{samples.conversations[0]}",
        "search one word": lambda: search(samples.words(1)[0]),
        "search two words": lambda: search(" ".join(samples.words(2))),
        "search four letters": lambda: search(samples.words(1)[0][:4]),
        "search a phrase": lambda: search('"' + " ".join(samples.words(2)) + '"'),
    }


def memory_mb(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def report(name, times, computed=None, target=None):
    print(f"{name:36} median {statistics.median(times):7.2f}   p95 {p95(times):7.2f}   max {max(times):7.2f} ms"
          + (f"   computing: median {statistics.median(computed):6.2f}   p95 {p95(computed):6.2f}" if computed else "")
          + ("   over the target" if target and p95(times) > target else ""), flush=True)


def measure_starts(engine):
    """From the process's start to the first answer, and to the first list of somebody who signs in."""
    answers = []
    lists = []
    for _ in range(STARTS):
        start = time.monotonic()
        engine.start()
        engine.client.get("/v1/meta")
        answers.append(1000 * (time.monotonic() - start))
        engine.sign_in().get("/v1/views/mine/rows")
        lists.append(1000 * (time.monotonic() - start))
        engine.stop()
    report("start to the first answer", answers)
    report("start to the first list", lists)


def ask(connection, client, path):
    start = time.monotonic()
    connection.request("GET", path, headers={"Authorization": f"Bearer {client.token}"})
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status == 200, (path, answer.status, content)
    return 1000 * (time.monotonic() - start)


def measure(engine, samples):
    client = engine.start().sign_in()
    connection = client.connection()
    print(f"{'memory after the start':36} {memory_mb(engine.process):6.0f} MB")
    for name, question in questions(samples).items():
        times = []
        computed = []
        for _ in range(ROUNDS):
            before = computing_ms(engine.process.pid)
            times.append(ask(connection, client, question()))
            computed.append(computing_ms(engine.process.pid) - before)
        report(name, times, computed, TARGET_MS)
    print(f"{'memory after all that':36} {memory_mb(engine.process):6.0f} MB")
    connection.close()
    engine.stop()


def main():
    if not STORE.exists():
        subprocess.run([BUILD / "tests/bench/store-bench", STORE], check=True)
    samples = Samples()
    size = sum(file.stat().st_size for file in STORE.rglob("*") if file.is_file())
    print(f"{len(samples.conversations)} conversations, {samples.entries} entries, {size / 1e9:.2f} GB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as directory:
        engine = liaison.Engine(directory)
        engine.data = STORE
        measure_starts(engine)
        measure(engine, samples)


if __name__ == "__main__":
    main()
