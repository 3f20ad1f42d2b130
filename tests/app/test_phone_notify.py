# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of the phone queue while nobody looks at the window: who waits too long, and who called meanwhile."""

import time

import pytest

import pbx
from test_phone import needs_pbx, queue_agent, set_up_telephone
from test_window import GLib, notifications  # noqa: F401

pytestmark = needs_pbx


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def told(notifications):  # noqa: F811
    """[(title, [action…])] of all notifications so far."""
    calls = [call for call in notifications("org.freedesktop.DBus.Mock", "GetCalls")[0] if call[1] == "Notify"]
    return [(arguments[3], arguments[5]) for _, _, arguments in calls]


def late(notifications):  # noqa: F811
    """[(number, title, actions)] of those who are said to have waited too long."""
    return [(number, title, actions) for number, (title, actions) in enumerate(told(notifications), 1) if "has waited" in title]


def press(notifications, number, action):  # noqa: F811
    notifications("org.freedesktop.DBus.Mock", "EmitSignal",
                  GLib.Variant("(sssav)", ("org.freedesktop.Notifications", "ActionInvoked", "us", [GLib.Variant("u", number), GLib.Variant("s", action)])))


def start_hidden(make_app):
    app = make_app("--background", window=False, env={"GNOTIFICATION_BACKEND": "freedesktop"})
    assert pbx.until(lambda: app.engine_pid() != 0)
    assert pbx.until(lambda: app.client().get("/v1/snapshot")["channels"][0]["state"] == "ready")
    return app


def test_who_waits_too_long(make_app, lab, notifications, tmp_path):  # noqa: F811
    """Once, to who takes calls there; the button takes the caller."""
    set_up_telephone(tmp_path / "data")
    app = start_hidden(make_app)
    client = app.client()
    queue = next(queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_name"] == "support")
    client.command("queue.save", {**queue, "queue": queue["id"], "service_target_s": 1})

    stranger = lab.caller("2125551001").dial(500).wait_for("talking")  # while I do not take calls there
    time.sleep(2.5)
    assert late(notifications) == []
    stranger.hang_up()

    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    queue_agent(lab)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="true")
    lab.caller("2125551002").dial(500).wait_for("talking")
    assert pbx.until(lambda: late(notifications))
    time.sleep(1.5)
    [(number, title, actions)] = late(notifications)
    assert "2125551002" in title and "Take Call" in actions
    press(notifications, number, actions[actions.index("Take Call") - 1])
    assert pbx.until(lambda: any(call["state"] in ("ringing", "talking") for call in client.get("/v1/snapshot")["calls"]))


def test_missed_while_away(make_app, lab, notifications, tmp_path):  # noqa: F811
    set_up_telephone(tmp_path / "data")
    for number in ("2125551001", "2125551002"):
        caller = lab.caller(number).dial(500).wait_for("talking")
        assert pbx.until(lambda: lab.waiting() == [number])
        caller.hang_up()
    app = start_hidden(make_app)
    assert pbx.until(lambda: told(notifications))
    [(title, actions)] = told(notifications)
    assert title == "2 missed calls while you were away"
    press(notifications, 1, "default")
    app.wait_for_window()
    app.find(contains="Callbacks, 2")
    app.find("Callbacks", "grouping")
    app.picture(tmp_path / "missed.png")


def set_target(client):
    """Of the queue: whoever waits longer than a second is late."""
    queue = next(queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_name"] == "support")
    client.command("queue.save", {**queue, "queue": queue["id"], "service_target_s": 1})
    return queue["id"]


def is_late(client, queue):
    """The first caller's time is over, and that for a while."""
    return next(one for one in client.get("/v1/queues")["queues"] if one["queue"]["id"] == queue)["longest_wait_s"] >= 3


def test_who_is_offline_is_not_told(make_app, lab, notifications, tmp_path):  # noqa: F811
    set_up_telephone(tmp_path / "data")
    app = start_hidden(make_app)
    client = app.client()
    queue = set_target(client)
    client.command("availability.set", {"state": "offline"})
    queue_agent(lab)
    lab.tester.action("QueuePause", Interface="PJSIP/alice", Paused="true")
    caller = lab.caller("2125551001").dial(500).wait_for("talking")
    assert pbx.until(lambda: is_late(client, queue))
    caller.hang_up()
    assert pbx.until(lambda: not client.get("/v1/snapshot")["calls"])

    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    lab.caller("2125551002").dial(500).wait_for("talking")
    assert pbx.until(lambda: late(notifications))
    assert ["2125551002" in title for _, title, _ in late(notifications)] == [True]


def test_who_looks_at_the_window_sees_it_there(make_app, lab, notifications, tmp_path):  # noqa: F811
    """No notification while the window has the focus: the queue says who waits, and how far over the time that is."""
    set_up_telephone(tmp_path / "data")
    app = make_app(env={"GNOTIFICATION_BACKEND": "freedesktop"})
    client = app.client()
    assert pbx.until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")
    queue = set_target(client)
    queue_agent(lab)
    client.command("availability.set", {"state": "paused", "reason": "Lunch"})
    app.wait(app.focused, "the keyboard")
    lab.caller("2125551001").dial(500).wait_for("talking")
    app.activate("open-view", f"queue:{queue}")
    app.find(contains="1 caller waits")
    assert pbx.until(lambda: is_late(client, queue))
    assert late(notifications) == []
    app.picture(tmp_path / "late.png")
