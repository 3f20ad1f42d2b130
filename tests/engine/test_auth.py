# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import re
import sqlite3
import stat

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

import liaison


def test_meta_needs_no_token(engine):
    meta = liaison.Client(path=engine.path).get("/v1/meta")
    assert meta["product"] == "liaison"
    assert meta["api"] == {"min": 1, "max": 1}
    assert meta["sample"] is False


def test_own_user_gets_a_token_on_the_unix_socket(engine):
    answer = engine.client.sign_in()
    assert answer["token"].startswith("lia_a_") and len(answer["token"]) > 40
    assert answer["agent"]["id"].startswith("a_")
    assert engine.client.get("/v1/snapshot")["me"] == answer["agent"]


def test_tokens_survive_a_restart_and_only_their_hash_is_kept(engine):
    engine.stop()
    database = (engine.data / "liaison.db").read_bytes()
    assert engine.client.token.encode() not in database
    assert sqlite3.connect(engine.data / "liaison.db").execute("SELECT count(*) FROM token").fetchone() == (1,)

    engine.start()
    engine.client.get("/v1/snapshot")


@pytest.mark.parametrize("token", [None, "", "lia_a_", "lia_a_" + "A" * 43, "x" * 5000])
def test_other_tokens_are_refused(engine, token):
    stranger = liaison.Client(path=engine.path)
    stranger.token = token
    for method, path in [("GET", "/v1/snapshot"), ("POST", "/v1/commands"), ("PUT", "/v1/blobs"), ("GET", "/v1/stream")]:
        with pytest.raises(liaison.Problem) as problem:
            stranger.call(method, path, {} if method != "GET" else None)
        assert (problem.value.status, problem.value.kind) == (401, "unauthorized")


def test_a_token_ends(engine):
    client = engine.client
    stream = client.stream()
    assert client.raw("DELETE", "/v1/auth")[0] == 204
    with pytest.raises(liaison.Problem) as problem:
        client.get("/v1/snapshot")
    assert problem.value.status == 401
    with pytest.raises(ConnectionClosed) as closed:
        stream.wait_for(lambda frame: False)
    assert closed.value.rcvd.code == 4401
    with pytest.raises(InvalidStatus):
        client.stream()


def test_loopback_needs_the_secret(make_engine):
    for address in "127.0.0.1:0", "[::1]:0":
        try:
            engine = make_engine(name=address[1:4], listen=address)
        except AssertionError as failure:
            if "::1" in address and "failed" in str(failure):
                pytest.skip("no IPv6 here")
            raise
        stranger = liaison.Client(address=engine.client.address)
        for body in {}, {"secret": "wrong"}, {"secret": 5}, {"secret": ""}:
            with pytest.raises(liaison.Problem) as problem:
                stranger.post("/v1/auth/local", body)
            assert problem.value.kind == "unauthorized"
        engine.sign_in().get("/v1/snapshot")
        with engine.client.stream() as stream:
            assert stream.welcome["t"] == "welcome"


@pytest.mark.parametrize("address", ["0.0.0.0:0", "192.0.2.1:80", "localhost:0", "127.0.0.1", "127.0.0.1:x", "[::]:0", ":80", "127.0.0.1:70000"])
def test_no_other_address_is_listened_on(tmp_path, address):
    status, said = liaison.run("--data", tmp_path, "--listen", address)
    assert status == 1
    assert said.startswith("liaisond: failed: ") and said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_files_are_private(engine):
    engine.client.raw("PUT", "/v1/blobs", b"secret", {"Content-Type": "text/plain"})
    for path in [engine.data, *engine.data.rglob("*")]:
        assert stat.S_IMODE(os.stat(path).st_mode) & 0o077 == 0, path


def test_a_credentials_file_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "credentials.json"
    file.write_text("{}")
    file.chmod(0o644)
    status, said = liaison.run("--data", tmp_path / "d", "--listen", "127.0.0.1:0", "--credentials-file", file)
    assert status == 1 and "0600" in said


@pytest.mark.skipif("LIAISON_DEBUG" in os.environ, reason="debuggers are allowed")
def test_memory_is_private(engine):
    """Nobody of the same user reads it through /proc, and it leaves no core."""
    try:
        limits = pathlib.Path(f"/proc/{engine.process.pid}/limits").read_text()
        assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)
        with open(f"/proc/{engine.process.pid}/environ", "rb") as environ:
            environ.read()
    except PermissionError:
        return
    assert can_trace(), "the environment of a private process could be read"


def can_trace():
    """CAP_SYS_PTRACE, which an administrator has."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"^CapEff:\s*(\w+)", status, re.MULTILINE).group(1), 16) & (1 << 19) != 0


def test_one_engine_a_store(engine):
    status, said = liaison.run("--data", engine.data, "--listen", "127.0.0.1:0")
    assert status == 14 and said.startswith("liaisond: store-in-use: ")


def test_a_store_of_the_future_is_left_alone(engine):
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        database.execute("PRAGMA user_version = 999")
    status, said = liaison.run("--data", engine.data, "--listen", "127.0.0.1:0")
    assert status == 13 and said.startswith("liaisond: store-newer: ")


def test_a_corrupt_store_is_told(engine):
    engine.stop()
    (engine.data / "liaison.db").write_bytes(b"this is no store" * 1000)
    status, said = liaison.run("--data", engine.data, "--listen", "127.0.0.1:0")
    assert status == 12 and said.startswith("liaisond: store-corrupt: ")
