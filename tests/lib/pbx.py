# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Asterisk of tests/stack: telephones around it, and its manager interface (AMI) as bytes on a socket, without any code of Liaison's.

    with pbx.Pbx() as lab:
        alice = lab.agent("alice", "support")
        caller = lab.caller()
        waiting = caller.dial(500)
        assert waiting.hears(tones.ON_HOLD)
        talk = alice.answer()
        assert waiting.hears(tones.AGENT) and talk.hears(tones.CALLER)
"""

import contextlib
import fcntl
import socket
import ssl
import threading

import mailstack
import sip
import tones
from patience import PATIENCE_S, until

DIRECTORY = mailstack.DIRECTORY / "pbx"
PASSWORD = "secret"
AGENTS = {"alice": ("201", tones.AGENT), "bob": ("202", tones.COLLEAGUE), "sue": ("203", tones.SUPERVISOR), "tina": ("204", tones.AGENT)}
QUEUES = ("support", "sales", "ringall", "message", "510")


def running():
    return (DIRECTORY / "ready").exists()


class Manager:
    """A login to the manager interface. `events` are all messages that were not asked for, in their order, as dictionaries."""

    def __init__(self, user="liaison", password=PASSWORD, tls=False):
        ports = mailstack.ports()
        self.socket = socket.create_connection(("127.0.0.1", ports["AMIS" if tls else "AMI"]), PATIENCE_S)
        if tls:
            context = ssl.create_default_context(cafile=mailstack.DIRECTORY / "ca.pem")
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.socket.settimeout(None)
        self.events, self.answers = [], {}
        self.changed = threading.Condition()
        self.closed = False
        self.count = 0
        login = self.send("Login", Username=user, Secret=password)  # before anybody reads: one TLS session is not for two threads at once
        threading.Thread(target=self.receive, daemon=True).start()
        assert self.wait_for(lambda: login), "no response to Login"
        if login[0]["Response"] != "Success":
            raise PermissionError(login[0]["Message"])

    def receive(self):
        data = b""
        while True:
            try:
                more = self.socket.recv(65536)
            except OSError:
                more = b""
            if not more:
                break
            data += more
            if data.startswith(b"Asterisk Call Manager/") and b"\r\n" in data:
                data = data.partition(b"\r\n")[2]
            *messages, data = data.split(b"\r\n\r\n")
            with self.changed:
                for message in messages:
                    self.take(message.decode("utf-8", "surrogateescape"))
                self.changed.notify_all()
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def take(self, text):
        message = {name: value.removeprefix(" ") for name, _, value in (line.partition(":") for line in text.split("\r\n"))}
        if message.get("ActionID") in self.answers and message.get("Event") != "OriginateResponse":
            self.answers[message["ActionID"]].append(message)
        else:
            self.events.append(message)

    def wait_for(self, condition, timeout=PATIENCE_S):
        with self.changed:
            self.changed.wait_for(lambda: condition() or self.closed, timeout)
            return condition()

    def send(self, action, **fields):
        """Returns the list in which the answers to this action gather."""
        self.count += 1
        number = f"t{self.count}"
        answers = self.answers[number] = []
        lines = [f"Action: {action}", f"ActionID: {number}"]
        for name, value in fields.items():
            lines += [f"{name}: {one}" for one in (value if isinstance(value, list) else [value])]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return answers

    def action(self, name, **fields):
        """Its response."""
        answers = self.send(name, **fields)
        assert self.wait_for(lambda: answers), f"no response to {name}"
        return answers[0]

    def list(self, name, **fields):
        """The events of an action that answers with a list."""
        answers = self.send(name, **fields)
        assert self.wait_for(lambda: answers and (answers[0]["Response"] == "Error" or "EventList" in answers[-1] and len(answers) > 1)), answers
        return [answer for answer in answers if "Event" in answer and "EventList" not in answer]

    def all(self, event, **fields):
        """The events that came so far. Each field is compared as a whole."""
        return [message for message in [*self.events]
                if message.get("Event") == event and all(message.get(name) == value for name, value in fields.items())]

    def expect(self, event, nth=1, timeout=PATIENCE_S, **fields):
        """The nth such event since the login, which may still have to come."""
        assert self.wait_for(lambda: len(self.all(event, **fields)) >= nth, timeout), f"no {event} {fields}: {self.names()}"
        return self.all(event, **fields)[nth - 1]

    def names(self):
        return [message.get("Event") for message in self.events]

    def value(self, channel, name):
        return self.action("Getvar", Channel=channel, Variable=name).get("Value")

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


class Cable:
    """To the manager interface, over a port of its own: can be pulled out and plugged in again. Actions named in `lose` do not arrive."""

    def __init__(self):
        self.sockets = []
        self.lose, self.lost = set(), []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=[self.listener], daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", mailstack.ports()["AMI"]))
            self.sockets += [near, far]
            threading.Thread(target=self.hand_on, args=[far, near], daemon=True).start()
            threading.Thread(target=self.hand_over, args=[near, far], daemon=True).start()

    def hand_over(self, source, target):
        """Actions, one by one."""
        data = b""
        with contextlib.suppress(OSError):
            while more := source.recv(65536):
                *actions, data = (data + more).split(b"\r\n\r\n")
                for action in actions:
                    name = action.decode("utf-8", "replace").partition("\r\n")[0].removeprefix("Action: ")
                    if name in self.lose:
                        self.lost.append(name)
                    else:
                        target.sendall(action + b"\r\n\r\n")

    def hand_on(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)

    def pull(self):
        for end in [self.listener, *self.sockets]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.sockets.clear()

    def plug(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=[self.listener], daemon=True).start()


class Pbx:
    """The PBX for one test, with nobody logged in and no call. Tests that want it at the same time take turns."""

    def __enter__(self):
        self.phones = []
        with contextlib.ExitStack() as stack:
            turn = stack.enter_context(open(DIRECTORY / "turn", "w"))
            fcntl.flock(turn, fcntl.LOCK_EX)
            assert until(self.is_clear), "Asterisk is not there; _dev/stack/pbx/servers.log and log/messages say why"
            stack.callback(self.leave)
            self.stack = stack.pop_all()  # whatever fails on the way in or out, the turn passes on
        return self

    def __exit__(self, *_):
        self.stack.close()

    def leave(self):
        with contextlib.closing(self.tester):
            for phone in self.phones:
                if phone.password:
                    phone.register(0)
                phone.close()

    def clear(self):
        for member in self.members():
            self.tester.action("QueueRemove", Queue=member["Queue"], Interface=member["Location"])
        for channel in self.channels():
            self.tester.action("Hangup", Channel=channel["Channel"])
        assert until(lambda: not self.channels()), self.channels()
        self.tester.action("DBDelTree", Family="liaison-left")

    def is_clear(self):
        """It may just have died of the calls of the test before, and is not there again yet."""
        if not self.returned():
            return False
        try:
            self.clear()
        except (OSError, AssertionError):
            if not self.tester.closed:
                raise
        return not self.tester.closed

    def members(self, **fields):
        return [entry for entry in self.tester.list("QueueStatus") if entry["Event"] == "QueueMember"
                and all(entry[name] == value for name, value in fields.items())]

    def waiting(self, queue="support"):
        """[numbers of the callers], in their order."""
        entries = [entry for entry in self.tester.list("QueueStatus", Queue=queue) if entry["Event"] == "QueueEntry"]
        return [entry["CallerIDNum"] for entry in sorted(entries, key=lambda entry: int(entry["Position"]))]

    def wait_in_line(self, number):
        """The call of another customer, who has come to the end of the line. Asterisk answers before it puts somebody there: who calls next could be first."""
        calling = self.caller(number).dial(500).wait_for("talking")
        assert until(lambda: self.waiting()[-1:] == [number]), self.waiting()
        return calling

    def notes(self):
        """What the dialplan has noted of callers who have hung up, and nobody has taken away: {uniqueid: value}."""
        found = [note for day in range(1, 32) for note in self.tester.list("DBGetTree", Family=f"liaison-left/{day:02}")]
        return {note["Key"].rpartition("/")[2]: note["Val"] for note in found}

    def channels(self):
        return self.tester.list("CoreShowChannels")

    def channel_of(self, call):
        """Asterisk's name of the channel that leads to this call of a phone."""
        return next(channel["Channel"] for channel in self.channels()
                    if self.tester.value(channel["Channel"], "CHANNEL(pjsip,call-id)") == call.id)

    def agent(self, name, *queues, paused=False):
        """An agent's telephone, registered and logged in to those queues."""
        phone = self.phone(name, AGENTS[name][1], PASSWORD, tls=name == "tina")
        phone.register()
        interface = f"PJSIP/{name}"
        assert until(lambda: self.is_free(name)), f"{name}'s telephone is not free"
        for queue in queues:
            answer = self.tester.action("QueueAdd", Queue=queue, Interface=interface, MemberName=name, StateInterface=interface, Paused=str(paused).lower())
            assert answer["Response"] == "Success", answer
        return phone

    def contacts(self, name):
        """The addresses that telephones of this agent have registered. Those of a window that was killed stand there for minutes."""
        return {contact["Uri"] for contact in self.tester.list("PJSIPShowContacts") if contact["Endpoint"] == name}

    def is_free(self, name):
        """Whether the agent's telephone would ring."""
        return self.tester.action("Getvar", Variable=f"DEVICE_STATE(PJSIP/{name})")["Value"] == "NOT_INUSE"

    @contextlib.contextmanager
    def registering(self, name, patience=PATIENCE_S):
        """Within, a telephone of this agent is started: returns when it has registered and is free."""
        before = self.contacts(name)
        yield
        assert until(lambda: self.contacts(name) - before and self.is_free(name), patience), (before, self.contacts(name))

    def caller(self, number="5551000", tone=tones.CALLER):
        """A customer's telephone somewhere outside."""
        return self.phone(number, tone)

    def outside(self):
        """The telephone that every number outside leads to."""
        return self.phone("outside", tones.OUTSIDE, port=mailstack.ports()["OUTSIDE"])

    def phone(self, user, tone, password=None, port=0, tls=False):
        ports = mailstack.ports()
        phone = sip.Phone(ports["SIPS" if tls else "SIP"], user, tone, password, port, mailstack.DIRECTORY / "ca.pem" if tls else None)
        self.phones.append(phone)
        return phone

    def restart(self):
        """Ends every call and connection; returns when the PBX is there again."""
        old = self.tester
        (DIRECTORY / "control").write_text("restart\n")
        assert old.wait_for(lambda: old.closed)
        assert until(self.returned), "Asterisk did not come back; _dev/stack/pbx/servers.log and log/messages say why"

    def returned(self):
        try:
            self.tester = Manager("tester")
            return self.tester.expect("FullyBooted")
        except (OSError, AssertionError):
            return False

    def recordings(self):
        return sorted((DIRECTORY / "spool/monitor").glob("*.wav"))
