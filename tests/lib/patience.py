# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests wait for what has to happen: for as long as a slow machine that is busy with other things may take. It is no figure of ours, and costs nothing
where it happens; what has to be fast is measured in tests/bench."""

import time

PATIENCE_S = 60


def until(condition, timeout=PATIENCE_S):
    """What `condition` gives, once that is true, or when it took too long."""
    end = time.monotonic() + timeout
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return value
