# SPDX-License-Identifier: GPL-3.0-or-later
"""The telephone in the app gets its account through the window, and registers with a real Asterisk."""

import pytest

import mailstack
import names
import pbx
from liaison_app import states, walk

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")


def set_text(app, name, text):
    app.find(contains=name, role_name="text").set_text(text)


def focus_on(app, name):
    app.wait(lambda: (focused := app.focused()) is not None and name in focused.get_name() or app.key("Tab"), f"the focus on {name}")


def enter(app, text):
    """Into the field with the keyboard, instead of what is there."""
    app.key("ctrl+a")
    app.type(text)


def choose_last_transport(app):
    focus_on(app, "Transport")
    app.key("space", "Down", "Down", "Return")
    app.find("UDP", "label")


def wait_until_closed(app):
    app.wait(lambda: app.look("Save", "button") is None, "the dialog's end")


def enter_account(app, password):
    focus_on(app, "Server")
    enter(app, "127.0.0.1")
    app.key("Tab")
    enter(app, str(mailstack.ports()["SIP"]))
    choose_last_transport(app)
    set_text(app, "Extension or User Name", "alice")
    set_text(app, "Password", password)


def test_account(make_app, tmp_path):
    """The password is wrong at first; Escape changes nothing."""
    app = make_app()
    app.press("Look Around with Sample Data")
    app.find(contains="Sample data")
    app.key("ctrl+comma")
    app.find(contains="Preferences", role_name="dialog")
    app.wait(lambda: [node for node in walk(app.root) if node.get_name() == "Phone" and node.has_actions() and node.do_action(0)], "the page")
    app.find(contains="There is none in this app")
    app.press("Set Up…")
    app.find("Save", "button")
    assert "sensitive" not in states(app.find("Save", "button"))
    enter_account(app, "wrong")
    app.picture(tmp_path / "account.png")
    assert names.find_nameless(app.root) == []
    focus_on(app, "Password")
    app.key("Return")
    wait_until_closed(app)
    app.find(contains="The telephone system does not accept this extension or its password")
    app.picture(tmp_path / "refused.png")

    app.press("Change…")
    set_text(app, "New Password", pbx.PASSWORD)
    app.key("Escape")
    wait_until_closed(app)
    app.find(contains="does not accept this extension")

    app.press("Change…")
    set_text(app, "New Password", pbx.PASSWORD)
    app.press("Save")
    wait_until_closed(app)
    app.find(contains="Ready: you can be called")
    app.picture(tmp_path / "ready.png")
    account = app.client("sample").get("/v1/phone/account")
    assert (account["server"], account["port"], account["transport"], account["user"]) == ("127.0.0.1", mailstack.ports()["SIP"], "udp", "alice")

    app.press("Change…")
    focus_on(app, "Use the Telephone on My Desk Instead")
    app.picture(tmp_path / "change.png")
    app.key("Return")
    wait_until_closed(app)
    app.find(contains="There is none in this app")
