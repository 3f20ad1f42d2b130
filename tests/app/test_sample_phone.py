# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample's telephones in the window, by keyboard alone: nothing is needed for it, no telephone system and no sound."""

import re

import names
import pytest

from liaison_app import states


@pytest.fixture
def app(make_app):
    app = make_app()
    app.press("Look Around with Sample Data")
    app.find(contains="Sample data")
    return app


def waiting(client):
    """The caller who came last, and so waits for a while yet."""
    calls = [call for call in client.get("/v1/snapshot")["calls"] if call["state"] == "waiting" and call["conv"]]
    return max(calls, key=lambda call: call["created"], default=None)


def test_take_hold_and_wrap_up(app, tmp_path):
    client = app.client("sample")
    caller = app.wait(lambda: waiting(client), "somebody who waits")
    app.activate("open-conversation", caller["conv"])
    app.find("Take Call", "button")
    app.picture(tmp_path / "waiting.png")
    app.key("alt+a")
    app.wait(lambda: (button := app.look(contains="Hang Up", role_name="button")) is not None and "sensitive" in states(button), "the talk")
    assert names.find_nameless(app.root) == []
    app.picture(tmp_path / "talking.png")

    app.key("F8")
    app.find(contains="On hold")
    app.key("F8")
    app.find(contains="Talking")
    app.key("F4")
    app.find(contains="Wrap-up")
    app.key("ctrl+shift+e")
    app.type("Wants a new tube.")
    app.picture(tmp_path / "wrap-up.png")
    app.key("ctrl+shift+Return")
    app.wait(lambda: app.look(contains="Wrap-up") is None, "the end of the wrap-up")
    timeline = client.get(f"/v1/conversations/{caller['conv']}")["timeline"]
    [entry] = [entry for entry in timeline if entry["kind"] == "call" and entry["d"]["uniqueid"] == caller["uniqueid"]]
    assert entry["text"] == "Wants a new tube." and [segment["kind"] for segment in entry["d"]["segments"]].count("hold") == 1


def talk(app, client):
    """To whoever came last; the call as the engine has it."""
    caller = app.wait(lambda: waiting(client), "somebody who waits", 60)
    app.activate("open-conversation", caller["conv"])
    app.find("Take Call", "button")
    app.key("alt+a")
    app.wait(lambda: (button := app.look(contains="Hang Up", role_name="button")) is not None and "sensitive" in states(button), "the talk")
    return caller


def keep(app, client, title):
    """The quote of what is typed into the form."""
    app.find("What it is about, in one line", "text")
    app.key("1")
    app.type(title)
    app.key("Return")
    app.toast(f"Kept: “{title}”")
    [finding] = [row for row in client.get("/v1/findings")["rows"] if row["title"] == title]
    [quote] = client.get(f"/v1/findings/{finding['id']}")["quotes"]
    return quote


def test_feedback_during_a_call_keeps_the_second(app):
    client = app.client("sample")
    caller = talk(app, client)
    app.key("ctrl+shift+f")
    quote = keep(app, client, "Saddle is too hard")
    timeline = client.get(f"/v1/conversations/{caller['conv']}")["timeline"]
    [call] = [entry for entry in timeline if entry["kind"] == "call" and entry["d"]["uniqueid"] == caller["uniqueid"]]
    assert (quote["conv"], quote["source"], quote["text"]) == (caller["conv"], call["id"], "") and 0 <= quote["second"] < 60


def test_any_feedback_after_a_call(app):
    """What the wrap-up asks leads to the form, for the whole call and not a second of it; it can be switched off."""
    client = app.client("sample")
    caller = talk(app, client)
    app.key("F4")
    app.find(contains="Wrap-up")
    app.find("Any Feedback?", "button")
    app.press("Any Feedback?")
    quote = keep(app, client, "Bell is too quiet")
    assert quote["conv"] == caller["conv"] and quote["source"].startswith("e_") and "second" not in quote


def test_nobody_is_asked_who_does_not_want_it(make_app):
    app = make_app(settings={"ask-feedback": "false"})
    app.press("Look Around with Sample Data")
    app.find(contains="Sample data", seconds=40)
    client = app.client("sample")
    talk(app, client)
    app.key("F4")
    app.find(contains="Wrap-up")
    app.find("More Time", "button")
    assert app.look("Any Feedback?") is None


def test_the_wallboard_has_a_day(app, tmp_path):
    app.key("ctrl+shift+w")
    app.find("Wallboard", "frame")
    for queue in "Support", "Orders":
        app.find(contains=queue)
    app.wait(lambda: any(re.match(r"Answered[^0-9]*[1-9]", node.get_name()) for node in app.nodes()), "figures of the day")
    app.picture(tmp_path / "wallboard.png")
    assert names.find_nameless(app.root) == []
