# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that cannot be trusted: whatever they do, neither name nor password leaves, in setting up, in fetching and in sending."""

import base64
import socket
import ssl
import threading
import time

import pytest

import mailstack
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not mailstack.running(), reason="the mail servers are not running: ./dev stack up")

NAME = "canary-name@example.test"
PASSWORD = "canary-password"


class Server:
    """Greets, answers a few lines, and keeps all that it hears."""

    def __init__(self, smtp=False, certificate=None, starttls=None):
        self.smtp = smtp
        self.starttls = starttls  # None: TLS from the start; or "good", "stripped", "injected", "refused", "preauth"
        self.heard = b""
        self.connections = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(mailstack.DIRECTORY / f"{certificate}.pem", mailstack.DIRECTORY / f"{certificate}.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        self.connections += 1
        try:
            if self.starttls is None:
                connection = self.context.wrap_socket(connection, server_side=True)
            self.talk(connection)
        except (OSError, ssl.SSLError):
            pass

    def talk(self, connection):
        greeting = b"220 mx ESMTP\r\n" if self.smtp else b"* PREAUTH hello\r\n" if self.starttls == "preauth" else b"* OK hello\r\n"
        connection.sendall(greeting)
        while line := connection.recv(4096):
            self.heard += line
            answer = self.answer_smtp(line) if self.smtp else self.answer_imap(line)
            connection.sendall(answer)
            if b"STARTTLS" in line.upper() and self.starttls in ("good", "injected"):
                connection = self.context.wrap_socket(connection, server_side=True)

    def answer_smtp(self, line):
        if line.startswith(b"EHLO"):
            offer = b"" if self.starttls in (None, "stripped") else b"250-STARTTLS\r\n"
            return b"250-mx\r\n" + offer + b"250 AUTH PLAIN LOGIN\r\n"
        if line.startswith(b"STARTTLS"):
            return {"injected": b"220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n", "refused": b"454 no\r\n"}.get(self.starttls, b"220 go\r\n")
        return b"235 welcome\r\n"

    def answer_imap(self, line):
        tag, verb = (line.split() + [b"", b""])[:2]
        if verb == b"CAPABILITY":
            offer = b"" if self.starttls in (None, "stripped") else b" STARTTLS"
            return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR" + offer + b"\r\n" + tag + b" OK\r\n"
        if verb == b"STARTTLS":
            return {"injected": tag + b" OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "refused": tag + b" NO\r\n"}.get(self.starttls, tag + b" OK go\r\n")
        return tag + b" OK\r\n"

    def assert_no_secret(self):
        heard = self.heard
        for secret in (NAME, PASSWORD):
            assert secret.encode() not in heard
        for word in heard.split():
            try:
                decoded = base64.b64decode(word, validate=True)
            except ValueError:
                continue
            assert PASSWORD.encode() not in decoded and NAME.encode() not in decoded
        assert b"AUTH" not in heard.upper().replace(b"AUTH PLAIN LOGIN", b"") and b"LOGIN" not in heard.upper()


def mailbox(imap, smtp, tls):
    return {"kind": "mail", "address": NAME, "name": "x", "sender_name": "x", "login": NAME, "password": PASSWORD, "ca": mailstack.authority(),
            "imap": {"host": "localhost", "port": imap.port, "tls": tls}, "smtp": {"host": "localhost", "port": smtp.port, "tls": tls}}


CASES = [("wronghost", None, "wrong-host"), ("expired", None, "expired"), ("unknown", None, "unknown-ca"),
         ("wronghost", "good", "wrong-host"), ("expired", "good", "expired"), ("unknown", "good", "unknown-ca"),
         ("good", "stripped", "no-tls"), ("good", "injected", "no-tls"), ("good", "refused", "no-tls"), ("good", "preauth", "no-tls")]


@pytest.mark.parametrize("certificate,starttls,code", CASES)
def test_nothing_leaves(client, certificate, starttls, code):
    imap, smtp = Server(False, certificate, starttls), Server(True, certificate, starttls)
    described = mailbox(imap, smtp, "starttls" if starttls else "tls")

    answer = client.post("/v1/doctor/mail", described)
    assert not answer["ok"]
    failed = next(step for step in answer["steps"] if step["state"] == "failed")
    assert failed["code"] == code and failed["detail"], failed

    client.command("channel.add", described)
    end = time.monotonic() + PATIENCE_S
    while (channel := client.get("/v1/snapshot")["channels"][0])["state"] != "needs-trust" and time.monotonic() < end:
        time.sleep(0.05)
    assert channel["state"] == "needs-trust" and channel["detail"], channel

    if certificate != "good" or starttls != "preauth":  # SMTP has no such greeting
        client.command("settings.set", {"settings": {"undo_send_s": 0}})
        conversation = client.new_conversation()
        sent = client.command("message.send", {"mode": "email", "reply": "new", "body": "x", "to": [{"name": "", "address": "ann@example.com"}],
                                               "subject": "x"}, conv=conversation)["d"]
        end = time.monotonic() + PATIENCE_S
        while (entry := client.get(f"/v1/conversations/{conversation}")["timeline"][-1])["state"] != "deferred" and time.monotonic() < end:
            time.sleep(0.05)
        assert entry["state"] == "deferred" and entry["outbox"] == sent["outbox"], entry
        assert smtp.connections > 0
    assert imap.connections > 0
    imap.assert_no_secret()
    smtp.assert_no_secret()


def test_good_server_gets_it(client):
    """The same servers with a good certificate are told everything: the tests above can see secrets."""
    imap, smtp = Server(False, "good"), Server(True, "good")
    client.post("/v1/doctor/mail", mailbox(imap, smtp, "tls"))
    assert base64.b64encode(f"\0{NAME}\0{PASSWORD}".encode()) in imap.heard
