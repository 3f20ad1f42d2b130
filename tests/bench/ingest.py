#!/usr/bin/env python3
"""From a mailbox to a searchable store: Liaison beside mbsync + mu, the same messages from the same server in the same run.

usage: ingest.py STACK [MESSAGES]       (STACK: the folder of tests/stack; LIAISON_ENGINE: the liaisond)

Prints messages a second for both, and the growth of the engine's memory. Then, with the mailbox in place, the time from the mail
server's 250 to the event at a client.
"""
import imaplib
import json
import os
import pathlib
import re
import shutil
import smtplib
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lib"))

import liaison  # noqa: E402
from sample_mailbox import Mailbox  # noqa: E402

ADDRESS, PASSWORD = "support@example.test", "secret"


def settings(stack):
    return dict(line.strip().split("=", 1) for line in open(os.path.join(stack, "env")) if re.match(r"[A-Z_]+=", line))


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


def peak_memory_kb(engine):
    return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{engine.process.pid}/status").read())[1])


def measure_engine(engine, ports, authority):
    """Seconds of the first synchronisation, and megabytes that the engine needed for it at most."""
    before = peak_memory_kb(engine)
    start = time.monotonic()
    engine.client.command("channel.add", mailbox_settings(ports, authority))
    while True:
        channel = engine.client.get("/v1/snapshot")["channels"][0]
        if channel["state"] == "ready":
            break
        if time.monotonic() - start > 600:
            sys.exit("the first synchronisation did not end: " + json.dumps(channel))
        time.sleep(0.05)
    return time.monotonic() - start, (peak_memory_kb(engine) - before) / 1024


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
    stream, delays = engine.client.stream(views=[]), []
    for number in range(count):
        subject = f"latency {uuid.uuid4()}"
        with smtplib.SMTP("127.0.0.1", int(ports["MX"])) as smtp:
            smtp.sendmail("ann@elsewhere.example", [ADDRESS], f"From: ann@elsewhere.example\r\nTo: {ADDRESS}\r\nSubject: {subject}\r\n"
                          f"Message-ID: <{uuid.uuid4()}@elsewhere.example>\r\n\r\nhello\r\n")
            accepted = time.monotonic()
            stream.wait_for(lambda frame: subject in json.dumps(frame), timeout=30)
            delays.append(time.monotonic() - accepted)
        time.sleep(0.13 * (number % 7))
    stream.close()
    return delays


def main():
    stack = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    ports, authority = settings(stack), os.path.join(stack, "ca.pem")
    folder = tempfile.mkdtemp(prefix="liaison-bench-")
    try:
        size = fill(ports, authority, count)
        print(f"mailbox: {count} messages, {size / 1e6:.0f} MB")
        engine = liaison.Engine(folder).start()
        engine.sign_in()
        elapsed, growth = measure_engine(engine, ports, authority)
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
