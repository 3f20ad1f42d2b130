# SPDX-License-Identifier: GPL-3.0-or-later
"""The real mail servers of tests/stack, as a customer and as another mail program see them."""

import email.policy
import imaplib
import os
import pathlib
import smtplib
import ssl
import time
import uuid
from email.message import EmailMessage

from patience import PATIENCE_S

DIRECTORY = pathlib.Path(os.environ.get("LIAISON_STACK_DIR", pathlib.Path(__file__).resolve().parents[2] / "_dev/stack"))
PASSWORD = "secret"


def ports():
    lines = (DIRECTORY / "env").read_text().split()
    return {name: int(port) for name, port in (line.split("=") for line in lines)}


def running():
    return (DIRECTORY / "ready").exists()


def authority():
    return (DIRECTORY / "ca.pem").read_text()


def channel(user="support", imap=None, smtp=None, password=PASSWORD, **fields):
    """What channel.add takes for a user's mailbox; `imap` and `smtp` replace the ports of the real servers."""
    numbers = ports()
    address = f"{user}@example.test"
    return {"kind": "mail", "address": address, "name": user, "sender_name": "Example Support", "login": address, "password": password,
            "imap": {"host": "localhost", "port": imap or numbers["IMAPS"], "tls": "tls"},
            "smtp": {"host": "localhost", "port": smtp or numbers["SMTPS"], "tls": "tls"}, "ca": authority(), **fields}


def new_message(subject, body="Hello,\nplease help.\n", sender="Ann Lee <customer@example.test>", to="support@example.test", **headers):
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{uuid.uuid4()}@customer.test>"
    message["Date"] = email.utils.formatdate()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def deliver(message, to="support@example.test"):
    """As a customer's server does, to the MX."""
    with smtplib.SMTP("localhost", ports()["MX"], timeout=PATIENCE_S) as smtp:
        smtp.sendmail("customer@example.test", [to], message.as_bytes() if isinstance(message, EmailMessage) else message)


class Mailbox:
    """Another program that looks into the same mailbox."""

    def __init__(self, user):
        context = ssl.create_default_context(cafile=str(DIRECTORY / "ca.pem"))
        self.imap = imaplib.IMAP4_SSL("localhost", ports()["IMAPS"], ssl_context=context, timeout=PATIENCE_S)
        self.imap.login(f"{user}@example.test", PASSWORD)

    def find(self, subject, folder="INBOX"):
        """The raw messages with that in their subject."""
        self.imap.select(folder)
        _, (numbers,) = self.imap.search(None, "SUBJECT", f'"{subject}"')
        return [self.imap.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers.split()]

    def wait_for(self, subject, folder="INBOX", timeout=PATIENCE_S):
        end = time.monotonic() + timeout
        while True:
            found = self.find(subject, folder)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.1)

    def clear(self):
        for folder in ("INBOX", "Sent"):
            _, (count,) = self.imap.select(folder)
            if int(count):
                self.imap.store("1:*", "+FLAGS", "\\Deleted")
                self.imap.expunge()

    def close(self):
        self.imap.logout()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
