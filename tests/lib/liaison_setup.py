# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail servers of tests/stack, and a workspace that is set up against them."""

import contextlib
import email
import email.message
import email.policy
import email.utils
import imaplib
import pathlib
import smtplib
import ssl
import time

import gi

import liaison
from patience import PATIENCE_S, until

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402


def picture():
    """A PNG that names its author."""
    pixbuf = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 320, 200)
    pixbuf.fill(0x3366CCFF)
    return pixbuf.save_to_bufferv("png", ["tEXt::Author"], ["Ann Lee"])[1]


class Stack:
    """`directory` is _dev/stack, or what LIAISON_STACK says."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        lines = (self.directory / "env").read_text().splitlines()
        self.ports = {name: int(value) for name, _, value in (line.partition("=") for line in lines) if value.isdigit()}
        self.authority = (self.directory / "ca.pem").read_text()

    def deliver(self, message, recipient="support@example.test"):
        """As another mail server does."""
        with smtplib.SMTP("127.0.0.1", self.ports["MX"], local_hostname="mail.example.test") as smtp:
            smtp.sendmail(email.utils.parseaddr(message["From"])[1], [recipient], message.as_bytes(policy=email.policy.SMTP))

    def send(self, sender, subject, text, name="", answered=None, files=None):
        """A customer writes; `answered` is the message that this one answers, `files` are pictures (PNG) by name."""
        message = email.message.EmailMessage()
        message["From"] = email.utils.formataddr((name, sender))
        message["To"] = "support@example.test" if answered is None else answered.get("Reply-To", answered["From"])
        message["Subject"] = subject
        message["Date"] = email.utils.formatdate(localtime=True)
        message["Message-ID"] = email.utils.make_msgid(domain="example.test")
        if answered is not None:
            message["In-Reply-To"] = answered["Message-ID"]
            message["References"] = f"{answered.get('References', '')} {answered['Message-ID']}".strip()
        message.set_content(text)
        for file, content in (files or {}).items():
            message.add_attachment(content, maintype="image", subtype="png", filename=file)
        self.deliver(message, email.utils.parseaddr(message["To"])[1])
        return message

    def mailbox(self, user):
        context = ssl.create_default_context(cadata=self.authority)
        context.check_hostname = False
        connection = imaplib.IMAP4_SSL("127.0.0.1", self.ports["IMAPS"], ssl_context=context)
        connection.login(f"{user}@example.test", "secret")
        connection.select("INBOX")
        return connection

    def empty(self, user, folder="INBOX"):
        connection = self.mailbox(user)
        try:
            connection.select(folder)
            if connection.search(None, "ALL")[1][0]:
                connection.store("1:*", "+FLAGS", "\\Deleted")
                connection.expunge()
        finally:
            connection.logout()

    def wait_for_mail(self, user, subject, seconds=PATIENCE_S):
        """The newest mail whose subject holds `subject`."""
        connection = self.mailbox(user)
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                connection.noop()
                numbers = connection.search(None, "SUBJECT", f'"{subject}"')[1][0].split()
                if numbers:
                    raw = connection.fetch(numbers[-1], "(BODY.PEEK[])")[1][0][1]
                    return email.message_from_bytes(raw, policy=email.policy.default)
                time.sleep(0.3)
        finally:
            connection.logout()
        raise AssertionError(f"no mail about {subject} for {user} within {seconds} s")


def mailbox_settings(stack, name="support@example.test"):
    return {"kind": "mail", "address": "support@example.test", "name": name, "sender_name": "Larkspur Cycles", "login": "support@example.test",
            "password": "secret", "imap": {"host": "localhost", "port": stack.ports["IMAPS"], "tls": "tls"},
            "smtp": {"host": "localhost", "port": stack.ports["SMTPS"], "tls": "tls"}, "ca": stack.authority}


@contextlib.contextmanager
def workspace(data):
    """The client of an engine that runs while a workspace is set up, for an app that is started with LIAISON_DATA=data."""
    data = pathlib.Path(data)
    data.mkdir(parents=True, exist_ok=True)
    engine = liaison.Engine(data / "engine")
    engine.data = data / "default"
    engine.credentials = data / "credentials.json"
    engine.start()
    try:
        yield engine.sign_in()
    finally:
        engine.stop()


def add_mailbox(client, stack):
    """As the set-up dialog leaves it."""
    client.command("channel.add", mailbox_settings(stack))
    assert until(lambda: any(channel["kind"] == "mail" and channel["state"] in ("ready", "syncing") for channel in client.get("/v1/doctor")["channels"])), client.get("/v1/doctor")


def set_up_mailbox(data, stack, **settings):
    """A workspace with the mailbox, and with `settings`."""
    with workspace(data) as client:
        if settings:
            client.command("settings.set", {"settings": settings})
        add_mailbox(client, stack)
