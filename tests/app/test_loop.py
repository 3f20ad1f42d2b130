# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers are told of a fix by keyboard alone: one by one, and many when one message was read and sent."""

import os
import time

import pytest

import filing
import names
import tracker
from liaison_app import role, states, text_of, walk
from liaison_setup import picture, set_up_mailbox

pytestmark = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")

CUSTOMERS = {"Ann Whitlock": "customer@example.test", "Bo Berg": "agent5+bo@example.test", "Cy Chan": "agent5+cy@example.test"}


@pytest.fixture
def subject():
    return f"Totals {time.time_ns()}"


@pytest.fixture
def desk(make_app, stack, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    return make_app()


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
    frame = own_window(app, "To Tell")
    app.wait(lambda: len(rows(frame)) == 3, "the customers")
    return frame


def own_window(app, title):
    return app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == title), None), title, 20)


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


@pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")
def test_from_the_customers_words_to_the_customers_mailbox(desk, stack, subject):
    """A mail with a picture, an issue in Redmine with that picture, a release there, and the answer to the customer: all at the desk by keyboard."""
    app, client = desk, desk.client()
    to = filing.set_up(client)
    stack.send("customer@example.test", subject, "Hello,\nthe total is wrong, see the picture.", name="Ann Whitlock", files={"total.png": picture()})
    app.find(contains="Waiting, 1 conversation")
    app.key("ctrl+j")
    app.find(contains="Reply to")
    began = time.monotonic()
    app.key("F6")
    app.wait(lambda: "took this" in app.focused().get_name(), "the newest entry to have the keyboard")
    app.key("Up")
    app.wait(lambda: "Ann Whitlock, E-Mail" in app.focused().get_name(), "what she wrote to have the keyboard")
    app.key("ctrl+a")
    app.key("ctrl+shift+f")
    app.find("What it is about, in one line", "text")
    app.key("1")
    app.type("The total is wrong")
    app.key("Return")
    app.toast("Kept: “The total is wrong”")
    captured = time.monotonic()
    [finding] = client.get("/v1/findings")["rows"]
    app.press_by_key("Send to the Engineers")
    app.press_by_key("Create a New Issue")
    app.go_to("total.png")
    app.key("space")
    app.find(contains="was taken out")
    app.press_by_key("Send This")
    app.find("With the Engineers")
    print(f"\nto the finding {captured - began:.1f} s, to the issue {time.monotonic() - began:.1f} s, by keyboard alone")

    [issue] = client.get(f"/v1/findings/{finding['id']}")["finding"]["issues"]
    there = tracker.redmine("GET", f"/issues/{issue['key']}.json?include=attachments")["issue"]
    assert there["subject"] == "The total is wrong" and [file["filename"] for file in there["attachments"]] == ["total.png"]
    assert "Ann Whitlock" not in there["description"] and "customer@example.test" not in there["description"]
    app.press_by_key("Done")
    app.wait(lambda: app.look("Send to the Engineers", "dialog") is None, "the dialog to go")
    app.find(contains=f"With the engineers · #{issue['key']}")

    closed = next(state["id"] for state in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"] if state["name"] == "Closed")
    version = tracker.redmine("GET", "/projects/shop/versions.json")["versions"][0]
    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": closed, "fixed_version_id": version["id"]}})
    app.wait(lambda: client.command("tracker.sync", {"tracker": to}) and app.look("To Tell, 1 customer"), "that it is fixed", 40)
    app.key("ctrl+shift+s")
    frame = own_window(app, "To Tell")
    app.wait(lambda: "Hello Ann," in message(frame) and version["name"] in message(frame), "the draft")
    app.key("ctrl+Return")
    app.wait(lambda: shows(frame, "Nobody to Tell"), "that she is told", 30)
    answer = stack.wait_for_mail("customer", subject, 60)
    assert version["name"] in answer.get_body(("plain",)).get_content()


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
