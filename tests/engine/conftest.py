# SPDX-License-Identifier: GPL-3.0-or-later
"""Black-box tests: the real liaisond on a directory of its own, spoken to as the app does. What a test asks for is started for it."""

import hashlib
import pathlib
import re
import sqlite3
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import liaison  # noqa: E402


@pytest.fixture
def make_engine(tmp_path):
    """Starts engines; all are ended, and must have ended well unless they were killed."""
    engines = []

    def make(name="e", **options):
        engine = liaison.Engine(tmp_path / name, **options)
        engines.append(engine)
        return engine.start()

    yield make
    for engine in engines:
        assert engine.stop() == 0, engine.lines
        assert not [line for line in engine.lines if re.search(r"-CRITICAL \*\*|-WARNING \*\*|ERROR: |runtime error", line)], engine.lines


@pytest.fixture
def engine(make_engine):
    engine = make_engine()
    engine.sign_in()
    return engine


@pytest.fixture
def client(engine):
    return engine.client


@pytest.fixture
def colleague(engine):
    """A second agent, who exists only in the database yet: the interface has no command that makes one."""
    token = "lia_a_" + "c" * 43
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        database.execute("INSERT INTO agent (id, ver, name, address, role, availability) "
                         "VALUES (900001, 1, 'Ben', 'ben@example.org', 'agent', 'available')")
        database.execute("INSERT INTO token VALUES (?, 900001, ?)", (hashlib.sha256(token.encode()).hexdigest(), int(time.time() * 1000)))
    engine.start()
    client = liaison.Client(path=engine.path)
    client.token = token
    return client
