#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of visitors in the whole engine, who write so many messages a second that it keeps: when they know that each is kept, and what agents notice of it,
also while somebody floods. Most of the visitors are a crowd in a process of its own: what is measured is what the others see, whose process has time to look.

usage: chat_load.py
environment: LIAISON_ENGINE; LIAISON_BENCH_VISITORS (2000), LIAISON_BENCH_RATE (200 messages a second), LIAISON_BENCH_SECONDS (30)
"""

import asyncio
import contextlib
import itertools
import json
import multiprocessing
import os
import pathlib
import random
import sys
import tempfile
import threading
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

from websockets.asyncio.client import connect  # noqa: E402
from websockets.exceptions import WebSocketException  # noqa: E402

import figures  # noqa: E402
import liaison  # noqa: E402
import proxies  # noqa: E402
import webchat  # noqa: E402

VISITORS = int(os.environ.get("LIAISON_BENCH_VISITORS", 2000))
RATE = int(os.environ.get("LIAISON_BENCH_RATE", 200))
SECONDS = int(os.environ.get("LIAISON_BENCH_SECONDS", 30))
WATCHED, WATCHED_RATE = 100, 40  # visitors in the process that measures, and what they say of all in a second
FLOODERS = 100
CLERK_PAUSE_S = 0.05


class Visitor:
    """Holds a connection; `kept_after` of what she has said, in ms."""

    def __init__(self, address, number):
        self.headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        self.visitor = webchat.Visitor(address, headers=self.headers)
        self.waiting = {}
        self.kept_after = []
        self.refused = 0

    async def arrive(self):
        host, port = self.visitor.address
        self.socket = await connect(f"ws://{host}:{port}/chat/v1/socket", origin=webchat.ORIGIN, compression=None, ping_interval=None,
                                    additional_headers=self.headers)
        await self.socket.send(json.dumps({"t": "hello", "token": self.visitor.token, "since": 0}))
        while json.loads(await self.socket.recv())["t"] != "hello":
            pass
        self.listening = asyncio.create_task(self.listen())

    async def listen(self):
        async for text in self.socket:
            frame = json.loads(text)
            if frame["t"] == "ack":
                self.kept_after.append((time.monotonic() - self.waiting.pop(frame["cid"])) * 1000)
            elif frame["t"] == "err":
                self.waiting.pop(frame.get("cid"), None)
                self.refused += 1

    async def say(self, text):
        cid = str(uuid.uuid4())
        self.waiting[cid] = time.monotonic()
        await self.socket.send(json.dumps({"t": "send", "cid": cid, "body": text}))

    def take(self):
        """What was measured since the last time."""
        taken, self.kept_after = self.kept_after, []
        return taken


class Clerk(threading.Thread):
    """An agent's window, which asks for the list and a conversation again and again."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.times, self.over = client, [], False

    def run(self):
        conversation = None
        while not self.over:
            paths = ["/v1/views/all/rows?limit=50", "/v1/snapshot"] + ([f"/v1/conversations/{conversation}?limit=50"] if conversation else [])
            for path in paths:
                before = time.monotonic()
                answer = self.client.get(path)
                self.times.append((time.monotonic() - before) * 1000)
                if "/rows" in path and answer["rows"]:
                    conversation = random.choice(answer["rows"])["id"]
                time.sleep(CLERK_PAUSE_S)

    def take(self):
        taken, self.times = self.times, []
        return taken


def flood(address, over):
    """Writes as fast as the engine reads, signs in with nonsense, and comes back when it is put out."""
    async def shout(number):
        headers = {"X-Forwarded-For": f"11.0.{number >> 8 & 255}.{number & 255}"}
        host, port = address
        visitor = webchat.Visitor(address, headers=headers)
        while not over.is_set():
            with contextlib.suppress(OSError, WebSocketException, TimeoutError, EOFError):
                async with connect(f"ws://{host}:{port}/chat/v1/socket", origin=webchat.ORIGIN, compression=None, ping_interval=None, additional_headers=headers) as socket:
                    await socket.send(json.dumps({"t": "hello", "token": visitor.token if number % 4 else "nonsense", "since": 0}))
                    while not over.is_set():
                        await socket.send(json.dumps({"t": "send", "cid": str(uuid.uuid4()), "body": "x" * 1000}))
            await asyncio.sleep(0)

    async def everybody():
        await asyncio.gather(*(shout(number) for number in range(FLOODERS)))

    asyncio.run(everybody())


async def write(visitors, rate, seconds, text):
    """So many a second, each visitor in turn."""
    begin = time.monotonic()
    for number, visitor in zip(range(int(rate * seconds)), itertools.cycle(visitors), strict=False):
        await asyncio.sleep(max(0, begin + number / rate - time.monotonic()))
        await visitor.say(text)
    await settle(visitors)


async def arrive(address, numbers):
    visitors = [webchat.wait_until_taken(lambda: Visitor(address, number)) for number in numbers]
    for few in itertools.batched(visitors, 50):
        await asyncio.gather(*(visitor.arrive() for visitor in few))
    return visitors


class Crowd:
    """The visitors who are not watched, in a process of their own: each order is a text and the seconds in which to say it."""

    def __init__(self, address):
        self.orders, theirs = multiprocessing.Pipe()
        multiprocessing.Process(target=lambda: asyncio.run(self.live(address, theirs)), daemon=True).start()
        self.orders.recv()

    @staticmethod
    async def live(address, orders):
        visitors = await arrive(address, range(WATCHED, VISITORS))
        orders.send("all are here")
        loop = asyncio.get_running_loop()
        while True:
            seconds, text = await loop.run_in_executor(None, orders.recv)
            await write(visitors, RATE - WATCHED_RATE, seconds, text)
            orders.send(sum(visitor.refused for visitor in visitors))

    async def write(self, visitors, seconds, text):
        """They and the watched ones: gives how many of them were refused so far."""
        self.orders.send((seconds, text))
        await write(visitors, WATCHED_RATE, seconds, text)
        return await asyncio.get_running_loop().run_in_executor(None, self.orders.recv)


async def settle(visitors):
    end = time.monotonic() + 60
    while any(visitor.waiting for visitor in visitors) and time.monotonic() < end:
        await asyncio.sleep(0.01)


def at(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def tell(words, times, limit_ms):
    over = ": over it" if at(times, 0.99) > limit_ms else ""
    print(f"{words:44} {len(times):7} {at(times, 0.5):8.2f} {at(times, 0.95):8.2f} {at(times, 0.99):8.2f} {max(times, default=0):8.2f}   p99 limit {limit_ms}{over}", flush=True)


class Part:
    """A part of the measurement, with what the engine computes in it."""

    def __init__(self, engine, visitors, clerk, words):
        self.engine, self.visitors, self.clerk, self.words = engine, visitors, clerk, words

    def __enter__(self):
        for one in [*self.visitors, self.clerk]:
            one.take()
        self.computing, self.begin = figures.computing_ms(self.engine.process.pid), time.monotonic()
        return self

    def __exit__(self, *_):
        passed = time.monotonic() - self.begin
        computed = figures.computing_ms(self.engine.process.pid) - self.computing
        print(f"{self.words}: {passed:.0f} s, {computed / passed / 10:.0f} % of a processor, {sum(visitor.refused for visitor in self.visitors)} refused")
        tell("  sent → kept", [each for visitor in self.visitors for each in visitor.take()], 20)
        tell("  what an agent's window asks", self.clerk.take(), 200)


async def measure(engine, address):
    memory = engine.memory_kb()
    begin = time.monotonic()
    crowd = Crowd(address)
    visitors = await arrive(address, range(WATCHED))
    print(f"{VISITORS} visitors: here in {time.monotonic() - begin:.1f} s, {(engine.memory_kb() - memory) / VISITORS:.1f} kB each")
    clerk = Clerk(engine.client)
    clerk.start()
    print(f"{'':44} {'':>7} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most':>8}")
    with Part(engine, visitors, clerk, "They are quiet"):
        await asyncio.sleep(5)
    with Part(engine, visitors, clerk, f"Their first words, {RATE} a second"):
        await crowd.write(visitors, VISITORS / RATE, "Hello, is anybody there?")
    with Part(engine, visitors, clerk, f"What they go on to say, {RATE} a second"):
        await crowd.write(visitors, SECONDS, "The parcel has not arrived, and the shop says that it was delivered on Tuesday.")
    over = multiprocessing.Event()
    flooder = multiprocessing.Process(target=flood, args=[address, over], daemon=True)
    flooder.start()
    await asyncio.sleep(2)
    with Part(engine, visitors, clerk, f"The same, while {FLOODERS} others flood"):
        refused = await crowd.write(visitors, SECONDS, "And now?")
    over.set()
    flooder.join(10)
    clerk.over = True
    print(f"{refused} messages of the crowd were refused; {(engine.memory_kb() - memory) / 1024:.0f} MB more memory at the end")


def main():
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as directory:
        engine = liaison.Engine(directory, extra=["--chat", f"127.0.0.1:{proxies.free_port()}", "--chat-proxy", "127.0.0.1"])
        engine.start()
        address = webchat.start(engine)
        engine.sign_in()
        engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [webchat.ORIGIN]})
        asyncio.run(measure(engine, address))
        engine.stop()


if __name__ == "__main__":
    main()
