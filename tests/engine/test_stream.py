# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import random
import signal
import socket
import threading
import time
import uuid

import pytest
from websockets.exceptions import ConnectionClosed

import liaison
from patience import PATIENCE_S, until


def close_code(stream, timeout=PATIENCE_S):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            stream.receive(timeout)
    return closed.value.rcvd.code if closed.value.rcvd else None


def test_an_event_carries_its_command(client):
    with client.stream() as stream:
        assert stream.welcome["t"] == "welcome" and stream.welcome["resumed"] is False
        conversation = client.new_conversation()
        key = str(uuid.uuid4())
        answer = client.note(conversation, "hello", key=key)
        event = stream.wait_for(lambda frame: frame.get("k") == "entry.added")
    assert (event["key"], event["conv"], event["seq"]) == (key, conversation, answer["seq"])
    assert event["actor"] == client.get("/v1/snapshot")["me"]["id"]
    assert event["d"]["entry"]["text"] == "hello" and event["d"]["row"]["id"] == conversation
    assert event["ver"] == event["d"]["row"]["ver"]


def test_commands_go_over_the_stream_too(client):
    conversation = client.new_conversation()
    with client.stream() as stream:
        key = str(uuid.uuid4())
        stream.send({"t": "cmd", "key": key, "k": "note.add", "conv": conversation, "d": {"body": "over the wire"}})
        ok = stream.wait_for(lambda frame: frame["t"] == "ok")
        assert ok["key"] == key and ok["d"]["entry"].startswith("e_")
        stream.send({"t": "cmd", "key": key, "k": "note.add", "conv": conversation, "d": {"body": "other"}})
        error = stream.wait_for(lambda frame: frame["t"] == "err")
        assert error["key"] == key and error["problem"]["type"].endswith("idempotency-key-reused")
        stream.send({"t": "cmd", "k": "note.add"})
        assert stream.wait_for(lambda frame: frame["t"] == "err")["problem"]["status"] == 422
        stream.send({"t": "ping"})
        assert stream.wait_for(lambda frame: frame["t"] == "pong")
        stream.send({"t": "from a later version"})
        stream.send({"t": "ping"})
        assert stream.wait_for(lambda frame: frame["t"] == "pong")


def test_resume_sends_what_was_missed(client):
    conversation = client.new_conversation()
    with client.stream() as stream:
        epoch, seen = stream.welcome["epoch"], stream.welcome["seq"]
    last = 0
    for i in range(700):
        last = client.note(conversation, f"note {i}")["seq"]
    with client.stream(epoch=epoch, since=seen) as stream:
        assert stream.welcome == {"t": "welcome", "epoch": epoch, "seq": stream.welcome["seq"], "resumed": True, "ping_s": 25}
        events = stream.events_until(last)
    assert [event["seq"] for event in events] == list(range(seen + 1, last + 1))
    assert [event["d"]["entry"]["text"] for event in events] == [f"note {i}" for i in range(700)]


def test_nothing_is_lost_over_reconnects_and_kills(engine):
    """A writer that never stops, a reader that reconnects at random, an engine that is killed at random: every acknowledged number comes, once."""
    client = engine.client
    conversation = client.new_conversation()
    with client.stream() as stream:
        epoch, since = stream.welcome["epoch"], stream.welcome["seq"]
    first = since
    acked, done = [], threading.Event()

    def write():
        i = 0
        while not done.is_set():
            key = str(uuid.uuid4())
            while True:
                try:
                    acked.append((client.note(conversation, f"note {i}", key=key)["seq"], i))
                    break
                except (OSError, liaison.http.client.HTTPException):
                    time.sleep(0.02)
            i += 1

    writer = threading.Thread(target=write)
    writer.start()
    chance = random.Random(7)
    seen = []
    turn = 0
    while turn < 14 or len(acked) <= 50:
        turn += 1
        if turn % 4 == 0:
            engine.kill()
            engine.start()
        try:
            with client.stream(epoch=epoch, since=since) as stream:
                end = time.monotonic() + chance.uniform(0.05, 0.5)
                assert stream.welcome["resumed"] is True
                for event in stream.events(2):
                    assert event["seq"] == since + 1
                    since = event["seq"]
                    if event["k"] == "entry.added":
                        seen.append((event["seq"], event["d"]["entry"]["text"]))
                    if time.monotonic() > end:
                        break
        except (ConnectionClosed, TimeoutError, OSError):
            pass
    done.set()
    writer.join()

    last = acked[-1][0]
    with client.stream(epoch=epoch, since=since) as stream:
        for event in stream.events_until(last) if since < last else []:
            assert event["seq"] == since + 1
            since = event["seq"]
            seen.append((event["seq"], event["d"]["entry"]["text"]))
    assert dict(seen) == {seq: f"note {i}" for seq, i in acked}
    assert len(seen) == len(acked) > 50 and since - first == len(acked)


@pytest.mark.parametrize("hello, reason", [({"epoch": "another", "since": 1}, "epoch"), ({"since": 10**9}, "epoch")])
def test_resync(client, hello, reason):
    with client.stream() as stream:
        welcome = stream.welcome
    with client.stream(**{"epoch": welcome["epoch"], **hello}) as stream:
        assert stream.welcome == {"t": "resync", "reason": reason, "epoch": welcome["epoch"], "seq": welcome["seq"]}
        client.new_conversation()
        assert next(stream.events())["seq"] > welcome["seq"]


def test_private_events_go_to_their_agent_only(client, colleague):
    conversation = client.new_conversation()
    seq = client.note(conversation)["seq"]
    with client.stream() as mine, colleague.stream() as theirs:
        client.command("draft.save", {"mode": "note", "body": "not for others"}, conv=conversation)
        client.command("conversation.read", {"seq": seq}, conv=conversation)
        last = client.note(conversation)["seq"]
        assert [event["k"] for event in mine.events_until(last)][:2] == ["draft.changed", "conversation.read"]
        assert [event["k"] for event in theirs.events_until(last)] == ["entry.added"]


def test_views_are_coalesced(client):
    with client.stream(views=["waiting", "all"]) as stream:
        conversation = client.new_conversation()
        start = time.monotonic()
        frames = []

        def read():
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    frame = stream.receive(0.1)
                    if frame["t"] == "view" and frame["view"] == "all":
                        frames.append((time.monotonic(), frame))

        over = threading.Event()
        reader = threading.Thread(target=read)
        reader.start()
        n = 0
        while time.monotonic() < start + 1.5 or n <= 30:
            client.note(conversation, f"note {n}")
            n += 1
        assert until(lambda: frames and frames[-1][1]["up"][0]["entries"] == n)
        over.set()
        reader.join()
        elapsed = frames[-1][0] - start
    assert len(frames) <= 5 * elapsed + 2
    assert frames[-1][1]["total"] == 1


def test_watch_and_leaving_a_view(client):
    me = client.get("/v1/snapshot")["me"]["id"]
    conversation = client.new_conversation()
    with client.stream() as stream:
        stream.send({"t": "watch", "views": ["mine"]})
        client.command("conversation.assign", {"agent": me}, conv=conversation)
        frame = stream.wait_for(lambda frame: frame["t"] == "view")
        assert [row["id"] for row in frame["up"]] == [conversation] and frame["rm"] == [] and frame["total"] == 1
        client.command("conversation.close", conv=conversation)
        frame = stream.wait_for(lambda frame: frame["t"] == "view" and frame["rm"])
        assert frame["rm"] == [conversation] and frame["up"] == [] and frame["total"] == 0


def test_a_large_entry_comes_whole(client):
    conversation = client.new_conversation()
    with client.stream() as stream:
        client.note(conversation, "\n" * 120_000 + "x" * 120_000)
        event = stream.wait_for(lambda frame: frame.get("k") == "entry.added")
    assert len(event["d"]["entry"]["text"]) == 240_000


def test_bad_frames_end_the_stream(client):
    for text in "no json", "[]", '{"t":5}', "{}{}", '{"t":"hello","v":"1"}', '{"t":"watch"}', "[" * 100, '{"t":"hello","v":1,"views":"mine"}':
        stream = client.stream(hello=False)
        stream.socket.send(text)
        assert close_code(stream) == 4400, text
    stream = client.stream(hello=False)
    stream.socket.send(b"\x00\x01")
    assert close_code(stream) == 4400
    stream = client.stream(hello=False)
    stream.send({"t": "hello", "v": 2})
    assert close_code(stream) == 4412
    client.get("/v1/snapshot")


def test_no_hello(client):
    stream = client.stream(hello=False)
    start = time.monotonic()
    assert close_code(stream) == 4408
    assert 4 < time.monotonic() - start


def test_drain(engine):
    stream = engine.client.stream()
    assert engine.stop() == 0
    assert stream.wait_for(lambda frame: frame["t"] == "drain")
    assert close_code(stream) == 4503


def test_a_slow_reader_is_let_go(engine):
    """It reads nothing: the engine's memory stays bounded, others get everything, and it can resume."""
    client = engine.client
    conversation = client.new_conversation()
    for _ in range(800):
        client.note(conversation, "y" * 50_000)  # fills the store's caches
    slow = raw_stream(client)
    with client.stream() as quick:
        before = engine.memory_kb()
        seen = []
        reader = threading.Thread(target=lambda: seen.extend(event["seq"] for event in quick.events_until(quick.welcome["seq"] + 800)))
        reader.start()
        for _ in range(800):
            last = client.note(conversation, "y" * 50_000)["seq"]
        reader.join()
        assert seen == list(range(quick.welcome["seq"] + 1, last + 1))
        assert engine.memory_kb() - before < 25_000
    slow.settimeout(PATIENCE_S)
    received = 0
    while chunk := slow.recv(1 << 20):
        received += len(chunk)
    assert received < 12_000_000


def raw_stream(client):
    """A WebSocket that nobody reads, once it is welcome."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(client.path)
    connection.sendall((f"GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: Bearer {client.token}\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: liaison.v1\r\n\r\n").encode())
    assert connection.recv(12) == b"HTTP/1.1 101"
    connection.sendall(client_frame(b'{"t":"hello","v":1}'))
    said = b""
    while b'"welcome"' not in said:
        said += connection.recv(4096)
    return connection


def client_frame(payload):
    assert len(payload) < 126
    mask = b"\x01\x02\x03\x04"
    return bytes([0x81, 0x80 | len(payload)]) + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def test_a_hundred_streams(client):
    streams = [client.stream(views=["all"]) for _ in range(100)]
    last = client.note(client.new_conversation(), "to all")["seq"]
    for stream in streams:
        assert stream.events_until(last)[-1]["d"]["entry"]["text"] == "to all"
    for stream in streams:
        stream.close()


def test_a_stopped_engine_keeps_requests_waiting(engine):
    """As after a crash: what is asked meanwhile is answered by the next engine."""
    engine.process.send_signal(signal.SIGKILL)
    engine.process.wait()
    answers = []
    asking = threading.Thread(target=lambda: answers.append(engine.client.get("/v1/meta")))
    asking.start()
    time.sleep(0.3)
    engine.process = None
    engine.start()
    asking.join()
    assert answers and answers[0]["product"] == "liaison"
