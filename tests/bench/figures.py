# SPDX-License-Identifier: GPL-3.0-or-later
"""What several benches count in the same way."""

import pathlib


def p95(times):
    return sorted(times)[int(len(times) * 0.95)]


def computing_ms(pid):
    """What its threads have computed so far: what something costs however busy the machine is."""
    threads = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6
