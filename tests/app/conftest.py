# SPDX-License-Identifier: GPL-3.0-or-later
"""Journeys through the real app with a real engine, on an X server and a session bus of their own (see ./dev test app)."""

import pathlib
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import liaison_app  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def window_manager():
    """Without one no window gets the keyboard."""
    process = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    yield
    process.terminate()
    process.wait()


@pytest.fixture
def make_app(tmp_path):
    apps = []

    def make(*options, data=tmp_path / "data", window=True, **arguments):
        app = liaison_app.App(data, *options, **arguments)
        apps.append(app)
        return app.start() if window else app.launch()

    yield make
    for app in apps:
        app.stop()
        app.stop_engines()
        log = app.log.read_text()
        assert "CRITICAL" not in log and "AddressSanitizer" not in log, log
