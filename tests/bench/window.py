#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The app on a large store: its start phase by phase, then its frames (window-bench.c).

usage: window.py BUILDDIR DATA        (with an X server and a session bus; DATA/default is the store, and is written to)
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

STARTS = 9
HERE = pathlib.Path(__file__).parent


def environment(build, data):
    return {**os.environ,
            "GSETTINGS_SCHEMA_DIR": str(build / "data"),
            "GSETTINGS_BACKEND": "memory",
            "XDG_DATA_DIRS": f"{HERE.parent.parent / 'data'}:/usr/local/share:/usr/share",
            "LIAISON_ENGINE": str(build / "src/engine/liaisond"),
            "LIAISON_WEB_MODULE": str(build / "src/app/web/liaison-web.so"),
            "LIAISON_DATA": str(data),
            "LIAISON_CREDENTIALS_FILE": str(data / "credentials.json")}


def start(program, env):
    """When each phase was reached, in ms since just before exec."""
    process = subprocess.run([program, "start"], env={**env, "START_US": str(time.monotonic_ns() // 1000)}, capture_output=True, text=True, check=True)
    return {name: float(ms) for name, ms in (line.split() for line in process.stdout.splitlines())}


def main():
    build = pathlib.Path(sys.argv[1]).absolute()
    data = pathlib.Path(sys.argv[2]).absolute()
    program = build / "tests/bench/window-bench"
    env = environment(build, data)
    starts = [start(program, env) for _ in range(STARTS + 1)][1:]
    print(f"start, from exec; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for phase in starts[0]:
        times = [phases[phase] for phases in starts]
        goal = "goal 500" if phase == "list-painted" else ""
        print(f"  {phase:14} best {min(times):5.0f}   median {statistics.median(times):5.0f} ms   {goal}", flush=True)
    subprocess.run([program, HERE / "traffic.py"], env=env, check=True)


if __name__ == "__main__":
    main()
