# SPDX-License-Identifier: GPL-3.0-or-later
"""For all tests in Python."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    """What failed is said at once: the summary at the end is never reached by a program whose time is over."""
    if report.failed:
        print(f"\n{report.nodeid} ({report.when})\n{report.capstdout}\n{report.longreprtext}", flush=True)
