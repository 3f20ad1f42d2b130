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
    app.find(contains="Sample data", seconds=40)
    return app


def waiting(client):
    """The caller who came last, and so waits for a while yet."""
    calls = [call for call in client.get("/v1/snapshot")["calls"] if call["state"] == "waiting" and call["conv"]]
    return max(calls, key=lambda call: call["created"], default=None)


def test_take_hold_and_wrap_up(app, tmp_path):
    client = app.client("sample")
    caller = app.wait(lambda: waiting(client), "somebody who waits", 60)
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


def test_the_wallboard_has_a_day(app, tmp_path):
    app.key("ctrl+shift+w")
    app.find("Wallboard", "frame")
    for queue in "Support", "Orders":
        app.find(contains=queue)
    app.wait(lambda: any(re.match(r"Answered[^0-9]*[1-9]", node.get_name()) for node in app.nodes()), "figures of the day")
    app.picture(tmp_path / "wallboard.png")
    assert names.find_nameless(app.root) == []
