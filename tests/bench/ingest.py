#!/usr/bin/env python3
"""From a mailbox to a searchable store: Liaison beside mbsync + mu, the same messages from the same server in the same run.

usage: ingest.py LIAISOND STACK [MESSAGES]       (STACK: the folder of tests/stack)

Prints messages a second for both, and the growth of the engine's memory. Then, with the mailbox in place, the time from the mail
server's 250 to the event at a client.
"""
import imaplib
import json
import os
import re
import shutil
import smtplib
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

from websockets.sync.client import connect

from sample_mailbox import Mailbox

ADDRESS, PASSWORD = "support@example.test", "secret"


def settings(stack):
    return dict(line.strip().split("=", 1) for line in open(os.path.join(stack, "env")) if re.match(r"[A-Z_]+=", line))


class Engine:
    """A liaisond on loopback with a store of its own."""

    def __init__(self, program, folder):
        self.folder = folder
        self.process = subprocess.Popen([program, "--data", os.path.join(folder, "store"), "--listen", "127.0.0.1:0", "--credentials-file",
                                         os.path.join(folder, "credentials.json")], stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline() + self.process.stdout.readline()
        self.base = re.search(r"http://127\.0\.0\.1:\d+", words)[0]
        self.secret = re.search(r"secret:?\s+(\S+)", words)[1]
        self.token = None
        self.token = self.call("POST", "/v1/auth/local", {"secret": self.secret})["token"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def command(self, kind, data, conversation=None):
        return self.call("POST", "/v1/commands", {"key": str(uuid.uuid4()), "k": kind, "conv": conversation, "d": data})["d"]

    def stream(self):
        socket = connect(self.base.replace("http", "ws") + "/v1/stream", subprotocols=["liaison.v1"],
                         additional_headers={"Authorization": "Bearer " + self.token})
        socket.send(json.dumps({"t": "hello", "v": 1, "views": []}))
        socket.recv()
        return socket

    def memory_kb(self, word="VmRSS"):
        return int(re.search(word + r":\s+(\d+)", open(f"/proc/{self.process.pid}/status").read())[1])

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def fill(ports, authority, count):
    context = ssl.create_default_context(cafile=authority)
    imap = imaplib.IMAP4_SSL("localhost", int(ports["IMAPS"]), ssl_context=context)
    imap.login(ADDRESS, PASSWORD)
    there = int(imap.select("INBOX")[1][0])
    box = Mailbox(ADDRESS)
    size = 0
    for number in range(count):
        message = box.message()
        size += len(message)
        if number >= there:
            imap.append("INBOX", None, None, message)
    imap.logout()
    return size


def mailbox_settings(ports, authority):
    return {"kind": "mail", "address": ADDRESS, "name": ADDRESS, "sender_name": "Support", "login": ADDRESS, "password": PASSWORD,
            "imap": {"host": "localhost", "port": int(ports["IMAPS"]), "tls": "tls"},
            "smtp": {"host": "localhost", "port": int(ports["SMTPS"]), "tls": "tls"}, "ca": open(authority).read()}


def measure_engine(engine, ports, authority, count):
    before = engine.memory_kb()
    start = time.monotonic()
    engine.command("channel.add", mailbox_settings(ports, authority))
    while True:
        channel = engine.call("GET", "/v1/snapshot")["channels"][0]
        if channel["state"] == "ready" and channel.get("last_ok"):
            break
        if time.monotonic() - start > 600:
            sys.exit("the first synchronisation did not end: " + json.dumps(channel))
        time.sleep(0.05)
    elapsed = time.monotonic() - start
    return elapsed, (engine.memory_kb("VmHWM") - before) / 1024


def measure_peers(ports, authority, folder):
    maildir = os.path.join(folder, "maildir")
    os.makedirs(maildir)
    with open(os.path.join(folder, "mbsyncrc"), "w") as rc:
        rc.write(f"""IMAPStore remote
Host localhost
Port {ports["IMAPS"]}
User {ADDRESS}
Pass {PASSWORD}
TLSType IMAPS
CertificateFile {authority}

MaildirStore local
Path {maildir}/
Inbox {maildir}/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns INBOX
Create Near
SyncState *
""")
    environment = dict(os.environ, XDG_CACHE_HOME=os.path.join(folder, "cache"))
    start = time.monotonic()
    subprocess.run(["mbsync", "-q", "-c", os.path.join(folder, "mbsyncrc"), "all"], check=True)
    middle = time.monotonic()
    subprocess.run(["mu", "init", "--quiet", "--maildir", maildir], check=True, env=environment, stdout=subprocess.DEVNULL)
    subprocess.run(["mu", "index", "--quiet"], check=True, env=environment, stdout=subprocess.DEVNULL)
    return middle - start, time.monotonic() - middle


def measure_latency(engine, ports, count=60):
    """Seconds from the mail server's 250 to the entry at a client's stream."""
    stream, delays = engine.stream(), []
    for number in range(count):
        subject = f"latency {uuid.uuid4()}"
        with smtplib.SMTP("127.0.0.1", int(ports["MX"])) as smtp:
            smtp.sendmail("ann@elsewhere.example", [ADDRESS], f"From: ann@elsewhere.example\r\nTo: {ADDRESS}\r\nSubject: {subject}\r\n"
                          f"Message-ID: <{uuid.uuid4()}@elsewhere.example>\r\n\r\nhello\r\n")
            accepted = time.monotonic()
            while subject not in stream.recv(timeout=30):
                pass
            delays.append(time.monotonic() - accepted)
        time.sleep(0.13 * (number % 7))
    stream.close()
    return delays


def main():
    program, stack = sys.argv[1], os.path.abspath(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 5000
    ports, authority = settings(stack), os.path.join(stack, "ca.pem")
    folder = tempfile.mkdtemp(prefix="liaison-bench-")
    try:
        size = fill(ports, authority, count)
        print(f"mailbox: {count} messages, {size / 1e6:.0f} MB")
        engine = Engine(program, folder)
        elapsed, growth = measure_engine(engine, ports, authority, count)
        print(f"liaison:     {count / elapsed:7.0f} messages/s  ({elapsed:.1f} s; engine memory grew by {growth:.0f} MB at most; goals: 1200/s, 60 MB)")
        delays = sorted(measure_latency(engine, ports))
        print(f"new mail:    SMTP 250 -> event at the client: median {1000 * statistics.median(delays):.0f} ms, "
              f"p95 {1000 * delays[int(len(delays) * 0.95)]:.0f} ms  (goal: p95 600 ms)")
        engine.stop()
        if shutil.which("mbsync") and shutil.which("mu"):
            fetch, index = measure_peers(ports, authority, folder)
            print(f"mbsync + mu: {count / (fetch + index):7.0f} messages/s  (mbsync {fetch:.1f} s, mu index {index:.1f} s)")
        else:
            print("mbsync + mu: not installed")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
