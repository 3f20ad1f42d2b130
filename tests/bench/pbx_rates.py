#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much Liaison's side of a PBX (tests/engine/ami-provider) takes of a processor: a recorded call, again and again, from a manager interface made of it.

usage: pbx_rates.py [SECONDS]: 2,000 events a second for so long (60), bursts of 20,000, and a start with 500 calls in the queue
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LIAISON_AMI_PROVIDER", TOP / "_dev/build/tests/engine/ami-provider")
RECORDING = TOP / "tests/fixtures/ami/01-answer-agent-hangup.txt"
FILTERED = ("CEL", "DeviceStateChange", "MusicOnHoldStart", "MusicOnHoldStop", "SoftHangupRequest", "NewConnectedLine", "TestEvent", "VarSet", "QueueMemberAdded", "QueueMemberRemoved")
ACTIONS = "QueueStatus: x\r\nOriginate: x\r\nAtxfer: x\r\nQueuePause: x\r\nCoreSettings: x\r\nUserEvent: x\r\n"


def template():
    """(text of the events of one call with places for its number, how many they are)"""
    events = []
    for message in RECORDING.read_bytes().replace(b"\r\n", b"\n").decode("utf-8", "replace").split("\n\n"):
        match = re.match(r"Event: (\w+)\nPrivilege: [\w,]+\nTimestamp: ", message)
        if match and match[1] not in FILTERED:
            events.append(message)
    text = "\n\n".join(events) + "\n\n"
    text = re.sub(r"Timestamp: [\d.]+", "Timestamp: @TIME@", text)
    text = re.sub(r"\b1795\d{6}\.(\d+)\b", r"@CALL@.\1", text)
    text = re.sub(r"(PJSIP/\w+)-([0-9a-f]{8})", r"\1-@HEX@\2", text)
    text = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "@BRIDGE@", text)
    return text.replace("\n", "\r\n"), len(events)


class Pbx:
    def __init__(self, waiting=0):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.waiting = waiting
        self.lock = threading.Lock()
        self.text, self.n_events = template()
        self.calls = 0
        self.going = []  # events that are still to come, of each call that goes on
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        self.socket, _ = self.listener.accept()
        self.socket.sendall(b"Asterisk Call Manager/11.0.0\r\n")
        data = b""
        while more := self.socket.recv(65536):
            data += more
            *actions, data = data.split(b"\r\n\r\n")
            answers = "".join(self.answer(dict(line.split(": ", 1) for line in action.decode().split("\r\n"))) for action in actions)
            with self.lock:
                self.socket.sendall(answers.encode())

    def answer(self, action):
        head = f"Response: Success\r\nActionID: {action['ActionID']}\r\n"
        number = f"ActionID: {action['ActionID']}\r\n"
        name = action["Action"]
        if name == "ListCommands":
            return head + ACTIONS + "\r\n"
        if name == "UserEvent":
            return head + f"\r\nEvent: UserEvent\r\nPrivilege: user,all\r\nTimestamp: {time.time():.6f}\r\nUserEvent: LiaisonHello\r\nToken: {action['Token']}\r\n\r\n"
        if name == "Getvar":
            return head + "Variable: x\r\nValue: allowed_not_screened\r\n\r\n"
        if name in ("CoreShowChannels", "QueueStatus", "BridgeList", "ParkedCalls"):
            items = [self.item(name, index) for index in range(self.waiting)] if name in ("CoreShowChannels", "QueueStatus") else []
            text = "".join(item.replace("\r\n", "\r\n" + number, 1) for item in items)
            return head + f"EventList: start\r\n\r\n{text}Event: {name}Complete\r\n{number}EventList: Complete\r\nListItems: {len(items)}\r\n\r\n"
        return head + "\r\n"

    def item(self, name, index):
        caller = f"CallerIDNum: 555{index:04}\r\nCallerIDName: Caller {index}\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\n"
        if name == "QueueStatus":
            return f"Event: QueueEntry\r\nQueue: support\r\nPosition: {index + 1}\r\nChannel: PJSIP/trunk-{index:08x}\r\nUniqueid: 1.{index}\r\n{caller}Wait: 9\r\nPriority: 0\r\n\r\n"
        return (f"Event: CoreShowChannel\r\nChannel: PJSIP/trunk-{index:08x}\r\nChannelState: 6\r\nChannelStateDesc: Up\r\n{caller}Language: en\r\nAccountCode: \r\n"
                f"Context: from-trunk\r\nExten: 500\r\nPriority: 4\r\nUniqueid: 1.{index}\r\nLinkedid: 1.{index}\r\nApplication: Queue\r\n"
                "ApplicationData: support\r\nDuration: 00:00:09\r\nBridgeId: \r\n\r\n")

    def call(self):
        """The events of a new call; their time is the moment when they are sent."""
        self.calls += 1
        return self.text.replace("@CALL@", f"{2000000000 + self.calls}").replace("@HEX@", f"{self.calls:x}").replace("@BRIDGE@", f"b-{self.calls}")

    def send(self, text):
        with self.lock:
            self.socket.sendall(text.replace("@TIME@", f"{time.time():.6f}").encode())

    def play(self, calls):
        """Whole calls in an instant."""
        self.send("".join(self.call() for _ in range(calls)))
        return calls * self.n_events

    def step(self, events, together):
        """The next event of as many calls, of which so many go on side by side."""
        parts = []
        while len(parts) < events:
            while len(self.going) < together:
                self.going.append([event + "\r\n\r\n" for event in reversed(self.call().split("\r\n\r\n")[:-1])])
            call = self.going.pop(0)
            parts.append(call.pop())
            if call:
                self.going.append(call)
        self.send("".join(parts))
        return events


class Provider:
    def __init__(self, port):
        self.start = time.monotonic()
        self.up = self.ended = None
        self.count = self.lines = 0
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        agents = [{"id": f"a_{name}", "name": name, "phone": f"PJSIP/{name}", "extension": "", "member": "", "address": "", "role": "agent", "availability": "available", "reason": "", "since": None}
                  for name in ("alice", "bob")]
        host = {"system": "asterisk", "host": "127.0.0.1", "port": port, "tls": "none", "login": "liaison", "context": "agents"}
        self.process.stdin.write((json.dumps({"pbx": host, "password": "x", "agents": agents}) + "\n").encode())
        self.process.stdin.flush()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            if b'"link":"up"' in line:
                self.up = time.monotonic()
            self.count += b'"state":"ended"' in line
            self.lines += 1

    def used(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.002)
        assert condition(), "too slow"

    def finish(self):
        self.process.stdin.close()
        assert self.process.wait(20) == 0


def sustained(provider, server, seconds, rate=2000, together=500):
    start, used, events, calls = time.monotonic(), provider.used(), 0, provider.count
    while (passed := time.monotonic() - start) < seconds:
        due = int(passed * rate) - events
        if due > 0:
            events += server.step(due, together)
        time.sleep(0.005)
    passed = time.monotonic() - start
    share = 100 * (provider.used() - used) / passed
    ended = server.calls - len(server.going)
    provider.wait(lambda: provider.count >= ended)
    print(f"{events / passed:8.0f} events/s for {passed:.0f} s, of {together} calls side by side: {share:.1f} % of a core; {provider.count - calls} calls ended, {provider.lines} changes told")


def burst(provider, server, events=20000):
    calls, count = events // server.n_events, provider.count
    start, used = time.monotonic(), provider.used()
    server.play(calls)
    provider.wait(lambda: provider.count - count >= calls)
    passed = time.monotonic() - start
    print(f"a burst of {calls * server.n_events} events: all told of after {passed:.2f} s, {provider.used() - used:.2f} s of a core")


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    server = Pbx()
    provider = Provider(server.port)
    provider.wait(lambda: provider.up)
    print(f"a call of {server.n_events} events, {len(server.text)} bytes")
    for _ in range(3):
        burst(provider, server)
    sustained(provider, server, seconds)
    provider.finish()
    provider = Provider(Pbx(waiting=500).port)
    provider.wait(lambda: provider.up)
    print(f"up with 500 waiting calls {provider.up - provider.start:.2f} s after its start, {provider.used():.2f} s of a core")
    provider.finish()


if __name__ == "__main__":
    main()
