# SPDX-License-Identifier: GPL-3.0-or-later
"""A telephone for tests: a SIP user agent (RFC 3261) over UDP, or TLS, with one voice a call.

It registers, dials, rings, answers, rejects, holds (RFC 3264) and transfers (RFC 3515, 3891). Loopback loses nothing, but a server that dies does:
what it has to answer is repeated, and its own repetitions are answered.
"""

import contextlib
import hashlib
import re
import secrets
import socket
import ssl
import threading
import time
import urllib.parse

import tones
from patience import PATIENCE_S

REPEAT_S = 2
COMPLETE = re.compile(rb".*?\r\nContent-Length: *(\d+).*?\r\n\r\n", re.S | re.I)


class Message:
    """A request or a response: its first line, its fields in order, its body."""

    def __init__(self, start, fields, body=""):
        self.start, self.fields, self.body = start, fields, body

    @classmethod
    def parse(cls, data):
        head, _, body = data.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
        start, *lines = head.split("\r\n")
        return cls(start, [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)], body)

    def __bytes__(self):
        lines = [self.start, *(f"{name}: {value}" for name, value in self.fields), f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode("utf-8", "surrogateescape")

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def get(self, name):
        return next(iter(self.all(name)), "")

    @property
    def status(self):
        """The number of a response, 0 of a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0 ") else 0

    @property
    def method(self):
        return self.get("CSeq").split()[1]

    @property
    def branch(self):
        return re.search(r"branch=([^;,\s]+)", self.get("Via"))[1]


def tag_of(address):
    match = re.search(r";tag=([^;>\s]+)", address)
    return match[1] if match else ""


def uri_of(address):
    match = re.search(r"<([^>]+)>", address)
    return match[1] if match else address


def continued(request, method, to):
    """ACK of a refused INVITE, or CANCEL: they belong to the request that they follow, with its branch and number."""
    fields = {**dict(request.fields), "To": to, "CSeq": f"{request.get('CSeq').split()[0]} {method}"}
    return Message(request.start.replace("INVITE", method), [(name, fields[name]) for name in ("Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq")])


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Phone:
    """One telephone. Without a password it is the outside world: it is known by its address alone and does not register.

    With the file of a certificate authority it speaks TLS. Its voice is never encrypted: calls that demand it can be seen, not heard.
    """

    def __init__(self, server_port, user, tone, password=None, port=0, authority=None):
        self.user, self.tone, self.password = user, tone, password
        self.server = ("127.0.0.1", server_port)
        if authority:
            context = ssl.create_default_context(cafile=authority)
            self.socket = context.wrap_socket(socket.create_connection(self.server), server_hostname="localhost")
        else:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind(("127.0.0.1", port))
            self.socket.connect(self.server)
        self.transport = "TLS" if authority else "UDP"
        self.socket.settimeout(0.5)
        self.port = self.socket.getsockname()[1]
        self.address = f"<sip:{user}@127.0.0.1:{self.port};transport={self.transport.lower()}>"
        self.calls = []
        self.refuses = None  # the status with which it refuses every call at once, without ringing ("486 Busy Here")
        self.taken = 0  # how many of the incoming calls `ringing` has handed out
        self.changed = threading.Condition()
        self.on_response = {}  # branch -> what to do with its responses
        self.answers = {}  # (branch, method) of a request -> our response, to be repeated
        threading.Thread(target=self.receive, daemon=True).start()

    # -- what a person does

    def register(self, seconds=300):
        server = f"sip:127.0.0.1:{self.server[1]}"
        me = f"<sip:{self.user}@127.0.0.1>"
        identity = {"From": f"{me};tag={secrets.token_hex(4)}", "To": me, "Call-ID": secrets.token_hex(8)}
        response = self.ask("REGISTER", server, identity, 1, {"Expires": seconds})
        if response.status == 401:
            response = self.ask("REGISTER", server, identity, 2, {"Expires": seconds, "Authorization": self.authorize(response, "REGISTER", server)})
        assert response.status == 200, response.start
        return self

    def dial(self, number, sender=None, **fields):
        """Begins a call. `sender` is what stands in From, `fields` are further fields of the INVITE (P_Asserted_Identity="…")."""
        call = Call(self, f"sip:{number}@127.0.0.1:{self.server[1]}")
        call.me = f"{sender or f'<sip:{self.user}@127.0.0.1:{self.port}>'};tag={secrets.token_hex(4)}"
        call.other = f"<{call.target}>"
        call.begin({name.replace("_", "-"): value for name, value in fields.items()})
        return call

    def ringing(self, timeout=PATIENCE_S):
        """The next incoming call, which rings here now."""
        with self.changed:
            arrived = self.changed.wait_for(lambda: len(self.incoming()) > self.taken, timeout)
            assert arrived, f"the phone of {self.user} does not ring"
            self.taken += 1
            return self.incoming()[self.taken - 1]

    def answer(self, timeout=PATIENCE_S):
        """Waits until it rings, and takes the call."""
        call = self.ringing(timeout)
        call.answer()
        return call

    def close(self):
        for call in self.calls:
            call.hang_up()
            call.voice.close()
        self.socket.close()

    def incoming(self):
        """All calls that have ever rung here. One whose ringing is just being told must not be answered yet: it would ring after that."""
        return [call for call in self.calls if call.invitation and call.state != "dialling"]

    # -- messages

    def send(self, message):
        self.socket.send(bytes(message))

    def request(self, method, target, identity, number, fields=None, body="", then=None):
        """Sends a request; `then` gets it with every response."""
        branch = "z9hG4bK" + secrets.token_hex(8)
        head = {"Via": f"SIP/2.0/{self.transport} 127.0.0.1:{self.port};branch={branch};rport", "Max-Forwards": 70, **identity, "CSeq": f"{number} {method}",
                "Contact": self.address, **(fields or {})}
        if body:
            head.setdefault("Content-Type", "application/sdp")
        message = Message(f"{method} {target} SIP/2.0", list(head.items()), body)
        if then:
            self.on_response[branch] = lambda response: then(message, response)
        self.send(message)
        return message

    def ask(self, *request, **more):
        """Sends a request and waits for its final response."""
        final = []

        def then(_, response):
            if response.status >= 200:
                with self.changed:
                    final.append(response)
                    self.changed.notify_all()

        message = self.request(*request, **more, then=then)
        end = time.monotonic() + PATIENCE_S
        with self.changed:
            while not self.changed.wait_for(lambda: final, REPEAT_S):
                assert time.monotonic() < end, f"no response to {request[0]}"
                self.repeat(message)
        return final[0]

    def repeat(self, message):
        if self.transport == "UDP":
            with contextlib.suppress(ConnectionRefusedError):  # it has not come back yet
                self.send(message)

    def respond(self, request, status, fields=(), body="", tag=""):
        to = request.get("To")
        head = [("Via", via) for via in request.all("Via")] + [("From", request.get("From")), ("To", to if tag_of(to) or not tag else f"{to};tag={tag}"),
                ("Call-ID", request.get("Call-ID")), ("CSeq", request.get("CSeq")), ("Contact", self.address), *fields]
        response = Message(f"SIP/2.0 {status}", head, body)
        self.answers[request.branch, request.method] = response
        self.send(response)

    def authorize(self, response, method, uri):
        """Digest (RFC 7616) with MD5, all that Asterisk asks for by default."""
        challenge = dict(re.findall(r'(\w+)="?([^",]+)"?', response.get("WWW-Authenticate")))
        nonce, once = challenge["nonce"], secrets.token_hex(8)
        proof = md5(f"{md5(f'{self.user}:{challenge['realm']}:{self.password}')}:{nonce}:00000001:{once}:auth:{md5(f'{method}:{uri}')}")
        return (f'Digest username="{self.user}", realm="{challenge["realm"]}", nonce="{nonce}", uri="{uri}", response="{proof}", algorithm=MD5, '
                f'qop=auth, nc=00000001, cnonce="{once}", opaque="{challenge.get("opaque", "")}"')

    def receive(self):
        data = b""
        while True:
            try:
                more = self.socket.recv(65535)
            except (TimeoutError, ConnectionRefusedError):  # refused: by a server that is just starting
                continue
            except OSError:
                return
            if not more:
                return
            data = (data + more).lstrip(b"\r\n")  # empty lines keep a connection open
            while match := COMPLETE.match(data):
                end = match.end() + int(match[1])
                if len(data) < end:
                    break
                self.take(Message.parse(data[:end]))
                data = data[end:]

    def take(self, message):
        if message.status:
            self.on_response.get(message.branch, lambda response: None)(message)
        elif (message.branch, message.method) in self.answers:
            self.send(self.answers[message.branch, message.method])
        else:
            self.take_request(message)

    def take_request(self, request):
        call = next((call for call in self.calls if call.id == request.get("Call-ID")), None)
        if call:
            call.take_request(request)
        elif request.method == "INVITE":
            Call(self, uri_of(request.get("Contact")), request).ring()
        elif request.method != "ACK":
            self.respond(request, "200 OK" if request.method in ("OPTIONS", "NOTIFY") else "481 No such call")


class Call:
    """One call of a phone. `state` is dialling or ringing, then talking, then ended with `status`: the SIP number, or 0 after a talk."""

    def __init__(self, phone, target, invitation=None):
        self.phone, self.target, self.invitation = phone, target, invitation
        self.id = invitation.get("Call-ID") if invitation else secrets.token_hex(8)
        self.tag = secrets.token_hex(4)
        self.number = 0  # of our last request in this call
        self.state, self.status = "dialling", 0
        self.voice = tones.Voice(phone.tone)
        self.version = 0  # of our SDP
        self.transfer = []  # what the server reports of a transfer that we asked for
        if invitation:
            self.me, self.other = f"{invitation.get('To')};tag={self.tag}", invitation.get("From")
        phone.calls.append(self)

    # -- what a person does

    def wait_for(self, state, timeout=PATIENCE_S):
        with self.phone.changed:
            reached = self.phone.changed.wait_for(lambda: self.state == state, timeout)
        assert reached, f"{self.phone.user}'s call is {self.state} ({self.status}), not {state}"
        return self

    def hears(self, *frequencies, timeout=PATIENCE_S):
        return self.voice.hears(*frequencies, timeout=timeout)

    def answer(self):
        self.listen_to(self.invitation)
        self.become("talking")  # first: the other end may hang up as soon as it has our answer
        self.phone.respond(self.invitation, "200 OK", [("Content-Type", "application/sdp")], self.describe(), self.tag)

    def reject(self, status="486 Busy Here"):
        self.phone.respond(self.invitation, status, tag=self.tag)
        self.become("ended", int(status[:3]))

    def hang_up(self):
        if self.state == "ended":
            return
        if self.state == "talking":
            self.ask("BYE")
            self.become("ended")
        elif self.invitation:
            self.reject()
        else:
            self.phone.send(continued(self.request_sent, "CANCEL", f"<{self.target}>"))

    def hold(self):
        self.offer("sendonly")

    def resume(self):
        self.offer("sendrecv")

    def refer(self, number):
        """Transfers the other party blindly."""
        self.send_refer(f"<sip:{number}@127.0.0.1:{self.phone.server[1]}>")

    def refer_to(self, consult):
        """Joins the other party with that of `consult`, a second call of this phone."""
        replaces = urllib.parse.quote(f"{consult.id};to-tag={tag_of(consult.other)};from-tag={tag_of(consult.me)}", safe="")
        self.send_refer(f"<{uri_of(consult.other)}?Replaces={replaces}>")

    # -- messages

    def identity(self):
        return {"From": self.me, "To": self.other, "Call-ID": self.id}

    def request(self, method, fields=None, body="", then=None):
        if method != "ACK":
            self.number += 1
        return self.phone.request(method, self.target, self.identity(), self.number, fields, body, then)

    def ask(self, method, fields=None, body=""):
        self.number += 1
        return self.phone.ask(method, self.target, self.identity(), self.number, fields, body)

    def begin(self, fields):
        self.request_sent = self.request("INVITE", fields, self.describe(), lambda *answer: self.take_response(*answer, fields))

    def take_response(self, request, response, fields):
        if response.status < 200:
            return
        self.other = response.get("To")
        if response.status < 300:
            self.target = uri_of(response.get("Contact"))
            self.listen_to(response)
            self.request("ACK")
            if self.state == "dialling":
                self.become("talking")
            return
        self.phone.send(continued(request, "ACK", self.other))
        if response.status == 401 and self.phone.password and "Authorization" not in fields:
            self.other = f"<{self.target}>"
            self.begin({**fields, "Authorization": self.phone.authorize(response, "INVITE", self.target)})
        else:
            self.become("ended", response.status)

    def take_request(self, request):
        if request.method == "CANCEL":
            self.phone.respond(request, "200 OK")
            self.phone.respond(self.invitation, "487 Request Terminated", tag=self.tag)
            self.become("ended", 487)
        elif request.method == "BYE":
            self.phone.respond(request, "200 OK")
            self.become("ended")
        elif request.method in ("INVITE", "UPDATE"):
            self.listen_to(request)
            if request.body or request.method == "INVITE":
                self.phone.respond(request, "200 OK", [("Content-Type", "application/sdp")], self.describe())
            else:
                self.phone.respond(request, "200 OK")
        elif request.method != "ACK":
            self.transfer += re.findall(r"^SIP/2.0 (\d+)", request.body)
            self.phone.respond(request, "200 OK")

    def ring(self):
        if self.phone.refuses:
            self.reject(self.phone.refuses)
            return
        self.phone.respond(self.invitation, "180 Ringing", tag=self.tag)
        self.become("ringing")

    def become(self, state, status=0):
        with self.phone.changed:
            self.state, self.status = state, status
            self.phone.changed.notify_all()
        if state == "ended":
            self.voice.close()

    def describe(self, direction="sendrecv"):
        self.version += 1
        return "\r\n".join(["v=0", f"o=- 1 {self.version} IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {self.voice.port} RTP/AVP 0 {tones.KEYS}",
                            "a=rtpmap:0 PCMU/8000", f"a=rtpmap:{tones.KEYS} telephone-event/8000", f"a={direction}", ""])

    def listen_to(self, message):
        if port := re.search(r"^m=audio (\d+) ", message.body, re.M):
            self.voice.peer = ("127.0.0.1", int(port[1]))

    def offer(self, direction):
        response = self.ask("INVITE", body=self.describe(direction))
        assert response.status == 200, response.start
        self.request("ACK")
        self.voice.sounding = direction == "sendrecv"

    def send_refer(self, target):
        response = self.ask("REFER", {"Refer-To": target, "Referred-By": f"<sip:{self.phone.user}@127.0.0.1>"})
        assert response.status == 202, response.start
