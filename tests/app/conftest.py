# SPDX-License-Identifier: GPL-3.0-or-later
"""Journeys through the real app with a real engine, on an X server and a session bus of their own (see ./dev test app)."""

import fcntl
import os
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import liaison_app  # noqa: E402
import liaison_setup  # noqa: E402
from patience import until  # noqa: E402

failed = pytest.StashKey()


@pytest.fixture(scope="session", autouse=True)
def window_manager():
    """Without one no window gets the keyboard."""
    process = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert until(lambda: subprocess.run(["xdotool", "get_desktop"], capture_output=True).returncode == 0), "it knows of no desktop yet"
    yield
    process.terminate()
    process.wait()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


@pytest.fixture
def make_app(tmp_path, request):
    apps = []

    def make(*options, data=tmp_path / "data", window=True, **arguments):
        app = liaison_app.App(data, *options, **arguments)
        apps.append(app)
        return app.start() if window else app.launch()

    yield make
    for app in apps:
        if request.node.stash.get(failed, False):
            app.tell()
        app.stop()
        app.stop_engines()
        log = app.log.read_text()
        assert "CRITICAL" not in log and "AddressSanitizer" not in log, log


@pytest.fixture
def stack():
    """The mail servers, with nothing in the company's mailbox. Journeys that want it at the same time take turns."""
    stack = liaison_setup.Stack(os.environ["LIAISON_STACK"])
    with open(stack.directory / "turn", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stack.empty("support")
        stack.empty("support", "Sent")  # what is there would be read as conversations, too
        yield stack


@pytest.fixture
def announcements():
    announcements = liaison_app.Announcements()
    yield announcements
    announcements.stop()
