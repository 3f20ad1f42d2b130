#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: demo.py set-up | customers SECONDS | shop -- see demo.sh

The customers tell the stories of the sample workspace by mail: each begins one, and goes on when it is answered. All their addresses are
customer+NAME@example.test, which the test servers deliver to one mailbox.
"""

import email
import email.policy
import email.utils
import http.server
import os
import pathlib
import random
import re
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests/lib"))

import filing  # noqa: E402
import pbx  # noqa: E402
import phone_engine  # noqa: E402
import tracker  # noqa: E402
from liaison_setup import Stack, add_mailbox, workspace  # noqa: E402

MODELS = ["Alder 3", "Heron City", "Marlin Gravel", "Linnet Road", "Badger Cargo"]


def read_stories():
    """(subject, [what the customer says, one after another]) of the e-mail stories in English"""
    stories = []
    for part in re.split(r"^=== ", (TOP / "src/engine/sample/scripts-en.txt").read_text(), flags=re.M)[1:]:
        head, subject, body = part.split("\n", 2)
        turns = re.findall(r"^\[customer[^\]]*\]\n(.*?)(?=^\[|\Z)", body, flags=re.M | re.S)
        if "| email |" in head and turns:
            stories.append((subject, [turn.strip() for turn in turns]))
    return stories


def read_names():
    lines = (TOP / "src/engine/sample/customers.txt").read_text().splitlines()
    return [line.split("|")[0].strip() for line in lines if line and not line.startswith("#")]


def pick_words(name):
    return {"model": random.choice(MODELS), "ebike": "Swift E-Tour", "order": f"LC-{random.randint(20000, 29999)}", "serial": f"C{random.randint(10000, 99999)}",
            "day": random.choice(["Tuesday", "Thursday", "Friday"]), "city": "Leeds", "agent": "Mara", "name": name, "org_or_name": name,
            "first": name.split()[0]}


def expand(text, words):
    while match := re.search(r"\{([^{}]*)\}", text):
        choice = random.choice(match[1].split("|")) if "|" in match[1] else words.get(match[1], match[1])
        text = text[:match.start()] + choice + text[match.end():]
    return text


class Customer:
    def __init__(self, number, name, story):
        self.name = name
        self.address = f"customer+k{number}@example.test"
        words = pick_words(name)
        self.subject, self.turns = expand(story[0], words), [expand(turn, words) for turn in story[1]]

    def speak(self, stack, answered=None):
        if not self.turns:
            return
        subject = self.subject if answered is None else f"Re: {self.subject}"
        stack.send(self.address, subject, self.turns.pop(0), name=self.name, answered=answered)
        print(f"{self.name} writes: {subject}", flush=True)


def take_answers(stack, done):
    """What has come to the customers since the last time."""
    connection = stack.mailbox("customer")
    try:
        for number in connection.search(None, "ALL")[1][0].split():
            if number in done:
                continue
            done.add(number)
            raw = connection.fetch(number, "(BODY.PEEK[])")[1][0][1]
            yield email.message_from_bytes(raw, policy=email.policy.default)
    finally:
        connection.logout()


def run_customers(stack, seconds):
    stories, names, customers, done, due = read_stories(), read_names(), {}, set(), []
    random.shuffle(names)
    next_one = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= next_one and names:
            customer = Customer(len(customers), names.pop(), random.choice(stories))
            customers[customer.address] = customer
            customer.speak(stack)
            next_one = now + random.uniform(0.5, 1.5) * seconds
        for answer in take_answers(stack, done):
            address = email.utils.parseaddr(answer["To"])[1]
            if address in customers:
                due.append((now + random.uniform(4, 10), customers[address], answer))
        for entry in [entry for entry in due if entry[0] <= now]:
            due.remove(entry)
            entry[1].speak(stack, entry[2])
        time.sleep(1)


def shop_address(port):
    return f"http://127.0.0.1:{port + 1}"


class Shop(http.server.BaseHTTPRequestHandler):
    """The pages of tools/shop, in the language that stands in the path."""

    chat = 0

    def do_GET(self):
        name = "shop.css" if self.path == "/shop.css" else "index.html"
        language = self.path.strip("/") if self.path in ("/de", "/ar") else "en"
        text = (TOP / "tools/shop" / name).read_text().replace("@CHAT@", f"http://localhost:{self.chat}")
        body = text.replace('lang="en"', f'lang="{language}"' + (' dir="rtl"' if language == "ar" else "")).encode()
        self.send_response(200)
        self.send_header("Content-Type", ("text/css" if name == "shop.css" else "text/html") + "; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve_shop(port):
    Shop.chat = port
    http.server.ThreadingHTTPServer(("127.0.0.1", port + 1), Shop).serve_forever()


def set_up(data, stack, port):
    """All that the servers offer: mail, the chat of the shop, the telephone as Alice, the engineers' tracker."""
    with workspace(data) as client:
        add_mailbox(client, stack)
        client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Larch Cycles", "origins": [shop_address(port)], "color": "#26593b",
                                       "greeting": "Hello! What can we do for you?", "prechat": ["name", "email"]})
        if pbx.running():
            phone_engine.connect(client, hidden_queues=["ringall", "message", "510"])
        if tracker.running():
            filing.set_up(client)


if __name__ == "__main__":
    servers = Stack(os.environ["LIAISON_STACK"])
    chat = int(os.environ["LIAISON_DEMO_CHAT"])
    if sys.argv[1] == "set-up":
        set_up(os.environ["LIAISON_DATA"], servers, chat)
    elif sys.argv[1] == "shop":
        serve_shop(chat)
    else:
        try:
            run_customers(servers, float(sys.argv[2]))
        except (KeyboardInterrupt, ConnectionError):
            pass
