# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept when the window closes, how one comes back to it, and what happens while it is away."""

import os
import signal
import subprocess
import sys
import time

import pytest
from gi.repository import Gio, GLib

from liaison_app import text_of, walk
from liaison_setup import set_up_mailbox
from patience import PATIENCE_S

needs_mail = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")


@pytest.fixture
def notifications():
    """The desktop's notifications, invented: gives a function that calls a method of the daemon's mock."""
    process = subprocess.Popen([sys.executable, "-m", "dbusmock", "--template", "notification_daemon"], stdout=subprocess.DEVNULL)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(interface, method, arguments=None):
        return bus.call_sync("org.freedesktop.Notifications", "/org/freedesktop/Notifications", interface, method, arguments, None,
                             Gio.DBusCallFlags.NO_AUTO_START, PATIENCE_S * 1000, None).unpack()

    end = time.monotonic() + PATIENCE_S
    while not bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                            GLib.Variant("(s)", ["org.freedesktop.Notifications"]), None, 0, PATIENCE_S * 1000, None).unpack()[0]:
        assert time.monotonic() < end, "no notification daemon"
        time.sleep(0.05)
    yield call
    process.terminate()
    process.wait()


def until(condition, what):
    end = time.monotonic() + PATIENCE_S
    while not (value := condition()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return value


def drafts(app):
    return {row["id"] for row in app.client("sample").get("/v1/views/all/rows?limit=200")["rows"] if row["draft"]}


# An app that ends in the middle of its work: what its fibers and its spell checker hold then looks like a leak.
AT_WORK = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}


@pytest.mark.parametrize("keys", ["ctrl+w", "ctrl+q"])
def test_closing_keeps_the_last_words(make_app, keys):
    app = make_app(env=AT_WORK)
    app.open_sample()
    app.open_mail()
    known = drafts(app)
    app.key("ctrl+r")
    app.find("Reply", "text")
    subprocess.run(["xdotool", "type", "--delay", "4", "I will ask the workshop"], check=True)
    subprocess.run(["xdotool", "key", keys], check=True)
    assert app.process.wait(PATIENCE_S) == 0
    app.process = None
    app.options = ["--sample"]
    app.start()
    app.find(contains="Views")
    (conversation,) = drafts(app) - known
    app.activate("open-conversation", conversation)
    app.wait(lambda: text_of(app.look("Reply", "text")) == "I will ask the workshop", "every word")


def test_sample_data_are_deleted(make_app):
    app = make_app()
    app.open_sample()
    assert (app.data / "sample").is_dir()
    app.key("ctrl+comma")
    app.find(contains="Preferences", role_name="dialog")
    app.wait(lambda: [node for node in walk(app.root) if node.get_name() == "General" and node.has_actions() and node.do_action(0)], "the page")
    app.find(contains="Delete the Sample Data")
    app.wait(lambda: app.key("Tab") or "Delete the Sample Data" in app.focused().get_name(), "the focus on deleting")
    app.key("Return")
    mark = app.data / "sample/of-the-first"
    mark.touch()
    engine = app.engine_pid("sample")
    os.kill(engine, signal.SIGSTOP)
    app.press("Delete")
    app.find("Welcome to Liaison")
    assert mark.exists(), "the data were taken from under an engine that had not ended"

    # Opened again before they are gone: those that come are others.
    app.press("Look Around with Sample Data")
    os.kill(engine, signal.SIGCONT)
    app.find(contains="Sample data: nothing here is real")
    assert not mark.exists()


@needs_mail
def test_read_is_what_was_shown_for_a_second(make_app, stack, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    stack.send("customer@example.test", "Unread", "When do you open?", name="Ann Whitlock")
    app = make_app()
    app.find(contains="Waiting, 1 conversation")
    client = app.client()

    def unread():
        (row,) = client.get("/v1/views/all/rows?limit=50")["rows"]
        return row["unread"]

    assert unread()
    began = time.monotonic()
    app.key("ctrl+j")
    until(lambda: not unread(), "it stays unread")
    assert time.monotonic() - began >= 1


@needs_mail
def test_notification_opens_the_conversation(make_app, stack, notifications, tmp_path):
    """Started in the background: no window before the notification is clicked, then one with the conversation."""
    set_up_mailbox(tmp_path / "data", stack)
    app = make_app("--background", window=False, env={"GNOTIFICATION_BACKEND": "freedesktop"})
    until(lambda: app.engine_pid() != 0, "an engine")
    until(lambda: app.client().get("/v1/doctor")["channels"][0]["state"] == "ready", "the mailbox")
    assert app.find_root() is None
    stack.send("customer@example.test", "Bell", "The bell is broken.", name="Ann Whitlock")

    def notified():
        return [call for call in notifications("org.freedesktop.DBus.Mock", "GetCalls")[0] if call[1] == "Notify"]

    _, _, arguments = until(notified, "a notification")[0]
    assert arguments[3] == "Ann Whitlock" and "Bell" in arguments[4]
    assert app.find_root() is None
    notifications("org.freedesktop.DBus.Mock", "EmitSignal",
                  GLib.Variant("(sssav)", ("org.freedesktop.Notifications", "ActionInvoked", "us", [GLib.Variant("u", 1), GLib.Variant("s", "default")])))
    app.wait_for_window()
    app.find(contains="The bell is broken.")


@needs_mail
def test_background_is_activated_later(make_app, stack, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    stack.send("customer@example.test", "Later", "Hello?", name="Ann Whitlock")
    app = make_app("--background", window=False)
    until(lambda: app.engine_pid() != 0, "an engine")
    assert app.find_root() is None
    second = make_app(window=False)
    assert second.process.wait(PATIENCE_S) == 0
    second.process = None
    app.wait_for_window()
    app.find(contains="Waiting, 1 conversation")
    app.press("Close")
    app.wait(lambda: app.find_root() is None, "the window's end")
    assert app.process.poll() is None and app.engine_pid() != 0, "it works on in the background"
