#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand held WebSockets: what they take of the engine's mux (socket-echo.c), beside npm's ws doing the same (ws/server.js).

usage: chat_sockets.py BUILDDIR [PEERPORT]        PEERPORT: where the peer listens
"""

import os
import pathlib
import subprocess
import sys

BUILD = pathlib.Path(sys.argv[1]).absolute()
CONNECTIONS = int(os.environ.get("LIAISON_BENCH_CONNECTIONS", 10000))
RATE = 2000
SECONDS = 10

# name: words, limit, what may be said of it
FIGURES = {
    "accept_s": ("accepted in, s", 5),
    "connection_kb": ("memory a connection, kB", 1),
    "rss_mb": ("memory, MB", 40),
    "messages_s": ("messages a second", None),
    "lost": ("lost messages", 0),
    "cpu_percent": ("of a processor, %", 20),
    "p50_ms": ("answered, p50 ms", 1),
    "p99_ms": ("answered, p99 ms", 50),
    "slow_ended": ("who does not read is cut off", None),
    "slow_mb": ("  more memory, MB", 2),
    "fragments_ended": ("200 MB in fragments are cut off", None),
    "fragments_mb": ("  more memory, MB", 2),
}


def measure(port):
    done = subprocess.run([BUILD / "tests/bench/sockets-bench", str(port), str(CONNECTIONS), str(RATE), str(SECONDS)], stdout=subprocess.PIPE, text=True, check=True)
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def measure_liaison():
    with subprocess.Popen([BUILD / "tests/engine/socket-echo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        return measure(next(line for line in server.stdout if line.startswith("listening")).split()[1])


def main():
    columns = {"liaison": measure_liaison()}
    if len(sys.argv) > 2:
        columns["npm ws"] = measure(sys.argv[2])
    print(f"{CONNECTIONS} connections, {RATE} messages a second; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':32}" + "".join(f"{name:>10}" for name in columns))
    for name, (words, limit) in FIGURES.items():
        values = [column[name] for column in columns.values()]
        shown = [("yes" if value else "no") if name.endswith("_ended") else f"{value:.2f}".rstrip("0").rstrip(".") for value in values]
        over = ": over it" if limit is not None and values[0] > limit else ""
        print(f"{words:32}" + "".join(f"{text:>10}" for text in shown) + (f"   limit {limit}{over}" if limit is not None else ""))


if __name__ == "__main__":
    main()
