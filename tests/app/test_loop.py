# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers are told of a fix by keyboard alone: one by one, and many when one message was read and sent."""

import os
import time

import pytest

import names
from liaison_app import role, states, text_of, walk
from liaison_setup import set_up_mailbox

pytestmark = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")

CUSTOMERS = {"Ann Whitlock": "customer@example.test", "Bo Berg": "agent5+bo@example.test", "Cy Chan": "agent5+cy@example.test"}


@pytest.fixture
def subject():
    return f"Totals {time.time_ns()}"


@pytest.fixture
def app(make_app, stack, subject, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    app = make_app()
    client = app.client()
    finding = {}
    for name, address in CUSTOMERS.items():
        conversation = client.command("conversation.create", {"customer": {"name": name, "address": address}, "subject": subject})["d"]["conversation"]
        d = {"kind": "bug", "title": "The total is wrong", "text": "it is not what we agreed", **finding}
        finding = {"finding": client.command("finding.capture", d, conv=conversation)["d"]["finding"]}
    client.command("finding.update", {**finding, "state": "fixed"})
    app.finding = finding["finding"]
    return app


@pytest.fixture
def frame(app):
    app.find("To Tell, 3 customers", seconds=40)
    app.wait(app.focused, "the keyboard")
    app.key("ctrl+shift+s")
    frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "To Tell"), None), "the list", 20)
    app.wait(lambda: len(rows(frame)) == 3, "the customers")
    return frame


def rows(frame):
    return [node.get_name() for node in walk(frame) if role(node) == "list item" and "showing" in states(node) and "The total is wrong" in (node.get_name() or "")]


def message(frame):
    return next((text_of(node) for node in walk(frame) if role(node) == "text" and node.get_name() == "Message" and "showing" in states(node)), "")


def shows(frame, text):
    return any(text in (node.get_name() or "") and "showing" in states(node) for node in walk(frame))


def test_one_then_the_others(app, frame, stack, subject):
    assert names.find_nameless(frame) == []
    assert rows(frame)[0] == "Ann Whitlock, E-mail, The total is wrong"
    app.wait(lambda: "Hello Ann," in message(frame) and "“The total is wrong”" in message(frame), "the draft")
    app.key("Down")
    app.wait(lambda: "Hello Bo," in message(frame), "the next one's draft")
    app.key("Up")
    app.wait(lambda: "Hello Ann," in message(frame), "the first one's draft")
    assert not shows(frame, "more customers asked for this")
    app.key("ctrl+Return")
    app.wait(lambda: len(rows(frame)) == 2, "that she is told")
    answer = stack.wait_for_mail("customer", subject, 60)
    assert "Hello Ann," in answer.get_body(("plain",)).get_content() and answer["Subject"] == f"Re: {subject}"

    app.wait(lambda: shows(frame, "2 more customers asked for this"), "the others")
    app.press("Tell Them Too…")
    app.find(contains="Tell 2 Customers?")
    app.press("Tell Them")
    app.wait(lambda: shows(frame, "Nobody to Tell"), "that all are told", 30)
    app.wait(lambda: app.client().get(f"/v1/findings/{app.finding}")["finding"]["state"] == "told", "that it is known", 60)
    app.find("To Tell")


def test_edited_skipped_and_cancelled(app, frame):
    app.wait(lambda: "Hello Ann," in message(frame), "the draft")
    for _ in range(12):
        app.key("Tab")
        if app.focused() is not None and app.focused().get_name() == "Message":
            break
    app.key("ctrl+Home")
    app.type("As I see it. ")
    app.wait(lambda: "As I see it. Hello Ann," in message(frame), "what was typed")
    for _ in range(12):
        if app.focused() is not None and app.focused().get_name() == "Ann Whitlock, E-mail, The total is wrong":
            break
        app.key("shift+Tab")
    app.key("Down", "Up")
    app.wait(lambda: "As I see it. Hello Ann," in message(frame), "that it was kept")
    app.wait(lambda: app.client().get("/v1/notices")["rows"][0]["body"].startswith("As I see it. Hello Ann,"), "the engine to have it")
    app.press("Do Not Tell…")
    app.find(contains="Do Not Tell?")
    app.type("Has left us")
    app.key("Return")
    app.wait(lambda: len(rows(frame)) == 2, "that she is not told")
    skipped = app.client().get("/v1/notices?state=skipped")["rows"]
    assert [(row["customer"]["name"], row["reason"]) for row in skipped] == [("Ann Whitlock", "Has left us")]
    app.client().command("finding.update", {"finding": app.finding, "state": "linked"})
    app.wait(lambda: shows(frame, "Nobody to Tell"), "that there is nothing to tell any more")
