# SPDX-License-Identifier: GPL-3.0-or-later
"""Liaison's side of a PBX without the engine around it: tests/engine/ami-provider as a process, spoken to in lines of JSON.

`calls` and `members` are what it has told, kept as the engine keeps them: calls by their uniqueid, the ended ones too.
"""

import json
import os
import re
import socket
import subprocess
import threading

import mailstack
import pbx
from patience import PATIENCE_S

PROGRAM = os.environ.get("LIAISON_AMI_PROVIDER", "_dev/build/tests/engine/ami-provider")
AGENTS = [{"id": f"a_{name}", "name": name.title(), "address": "", "role": "agent", "availability": "available", "reason": "", "since": None,
           "phone": f"PJSIP/{name}", "extension": extension, "member": ""} for name, (extension, _) in pbx.AGENTS.items()]


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


class Provider:
    def __init__(self, port=None, login="liaison", password=pbx.PASSWORD, calls=(), audit=60000, context="agents", **reached):
        self.port = port or mailstack.ports()["AMI"]
        self.changed = threading.Condition()
        self.calls, self.members, self.links, self.queues, self.answers, self.said = {}, {}, [], [], {}, []
        self.log = []
        self.count = 0
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self.receive, daemon=True).start()
        threading.Thread(target=self.read_log, daemon=True).start()
        host = {"system": "asterisk", "name": "Lab", "host": "127.0.0.1", "port": self.port, "tls": "none", "login": login, "context": context, **reached}
        self.tell({"pbx": host, "password": password, "agents": AGENTS, "calls": list(calls), "audit": audit})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def stop(self):
        """Its end is orderly, and nothing was complained of."""
        self.tell({"quit": True})
        assert self.process.wait(PATIENCE_S) == 0, self.log
        assert not [line for line in self.log if re.search(r"-CRITICAL \*\*|-WARNING \*\*|ERROR: |runtime error", line)], self.log

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tell(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def read_log(self):
        for line in self.process.stderr:
            self.log.append(line.rstrip())

    def receive(self):
        for text in self.process.stdout:
            line = json.loads(text)
            with self.changed:
                self.said.append(line)
                self.take(line)
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def take(self, line):
        if "link" in line:
            self.links.append(line)
        elif "calls" in line:
            for call in [call for call in self.calls.values() if call["state"] != "ended"]:
                if call["uniqueid"] not in {other["uniqueid"] for other in line["calls"]}:
                    call.update(state="ended", outcome="lost")  # as the engine does
            self.calls.update({call["uniqueid"]: call for call in line["calls"]})
            self.members = {(member["queue"], member["interface"]): member for member in line["members"]}
            self.queues = line["queues"]
        elif "call" in line:
            self.calls[line["call"]["uniqueid"]] = line["call"]
        elif "gone" in line:
            self.calls.pop(line["gone"], None)
        elif "member" in line:
            self.members[line["member"]["queue"], line["member"]["interface"]] = line["member"]
        elif "member-gone" in line:
            self.members.pop((line["queue"], line["member-gone"]), None)
        elif "done" in line:
            self.answers[line["done"]] = line

    def wait(self, condition, timeout=PATIENCE_S):
        """What `condition` gives, once it is true, or when that took too long."""
        with self.changed:
            self.changed.wait_for(lambda: condition() or self.process.poll() is not None, timeout)
            return condition()

    def up(self, timeout=PATIENCE_S):
        assert self.wait(lambda: self.links and self.links[-1]["link"] == "up", timeout), (self.links, self.log)
        return self

    def link(self):
        return self.links[-1]

    def only(self, number="5551000"):
        """The one call of that customer."""
        calls = [call for call in self.calls.values() if call["number"] == number]
        assert len(calls) <= 1, calls
        return calls[0] if calls else None

    def until(self, number="5551000", timeout=PATIENCE_S, **fields):
        """The customer's call, once its fields are so."""
        def find():
            call = self.only(number)
            return call if call and all(call[name] == value for name, value in fields.items()) else None
        call = self.wait(find, timeout)
        assert call, (fields, self.only(number))
        return call

    def start(self, run, **fields):
        with self.changed:
            self.count += 1
            number = self.count
        self.tell({"id": number, "run": run, **fields})
        return number

    def finish(self, number, timeout=PATIENCE_S):
        assert self.wait(lambda: number in self.answers, timeout), "no answer"
        answer = self.answers[number]
        if "error" in answer:
            raise Refused(answer["error"], answer["message"])

    def run(self, command, call=None, phone="PJSIP/alice", **fields):
        """Resolves as the command does; raises Refused."""
        self.finish(self.start(command, uniqueid=call["uniqueid"] if call else "", phone=phone, **fields))


class Gap:
    """A way to the PBX that can be cut, and that can leave out what matches."""

    def __init__(self, target=None):
        self.target = target or mailstack.ports()["AMI"]
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open = True
        self.refused = 0  # how often somebody came in vain
        self.drop = lambda message: False
        self.pairs = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.open:
                self.refused += 1
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.pairs.append((near, far))
            threading.Thread(target=self.copy, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self.copy, args=(far, near, True), daemon=True).start()

    def copy(self, source, sink, from_pbx):
        rest = b""
        try:
            while data := source.recv(65536):
                if from_pbx:
                    *messages, rest = (rest + data).split(b"\r\n\r\n")
                    data = b"".join(message + b"\r\n\r\n" for message in messages if not self.drop(message))
                    if rest.startswith(b"Asterisk Call Manager") and not messages:
                        data, rest = rest, b""
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.open = False
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs.clear()

    def mend(self):
        self.open = True

    def close(self):
        self.cut()
        self.listener.close()
