# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engineers ask stands above the conversation in which it was said, and is answered there, by keyboard alone."""

import pytest

import forge


@pytest.fixture
def tracker():
    with forge.Forge() as tracker:
        yield tracker


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


def filed(client, tracker, conversation):
    d = {"kind": "forgejo", "name": "Shop", "url": tracker.url, "project": "shop/web", "near": True, "token": forge.KEY}
    to = client.command("tracker.set", d)["d"]["tracker"]
    finding = client.command("finding.capture", {"kind": "bug", "title": "The total is wrong"}, conv=conversation)["d"]["finding"]
    shown = client.post(f"/v1/findings/{finding}/preview", {"tracker": to})
    d = {name: shown[name] for name in ("title", "source", "marker", "keep", "hide", "files", "hash")}
    client.command("finding.push", {"finding": finding, "tracker": to, **d})
    return to


def test_question_is_answered(app, tracker):
    client = app.client("sample")
    conversation = app.open_mail()
    to = filed(client, tracker, conversation)
    app.wait(lambda: tracker.issues, "the issue")
    app.find(contains="The total is wrong · issue 1: open")  # what was said tells so
    tracker.comment(1, "engineer", "Which browser was it?")
    client.command("tracker.sync", {"tracker": to})
    app.find(contains="engineer asks in issue 1: Which browser was it?")
    app.go_to("Answer…", steps=60)
    app.key("Return")
    app.wait(lambda: app.focused().get_name() == "Answer", "the answer's text")
    app.type("Firefox, write to ann.lee@example.com")
    app.go_to("Look at What Leaves", steps=60)
    app.key("Return")
    app.find(contains="E-mail address · leaves as [mail-1]")
    app.go_to("Send This", steps=60)
    app.key("Return")
    answer = app.wait(lambda: next((comment["body"] for comment in tracker.comments[1:]), None), "the comment")
    assert "Firefox" in answer and "ann.lee" not in answer
    app.wait(lambda: app.look(contains="asks in issue 1") is None, "that nothing is asked any more")
