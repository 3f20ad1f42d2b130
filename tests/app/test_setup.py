# SPDX-License-Identifier: GPL-3.0-or-later
"""A mailbox is set up and changed through the window, against real servers with a certificate authority of their own."""

import os
import socket
import time

import pytest

import names
from liaison_app import role, states, walk
from liaison_setup import set_up_mailbox

pytestmark = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")


def enter(app, text):
    """Into the field that has the focus, instead of what is there."""
    app.key("ctrl+a")
    app.type(text)


def wait_for_focus(app, name):
    app.wait(lambda: (focused := app.focused()) is not None and name in focused.get_name(), f"the focus on {name}")


def enter_account(app, password):
    app.press("Set Up Your Mailbox")
    app.find(contains="E-mail Address")
    wait_for_focus(app, "E-mail Address")
    app.type("support@example.test")
    app.key("Tab")
    app.type(password)
    app.press("Continue")
    app.find("Test the Servers")


def enter_servers(app, imap_port, smtp_port):
    """By keyboard alone: host, port, encryption of both."""
    wait_for_focus(app, "Server")
    enter(app, "localhost")
    app.key("Tab")
    enter(app, str(imap_port))
    app.key("Tab")
    while app.focused().get_name() != "Server":
        app.key("Tab")
    enter(app, "localhost")
    app.key("Tab")
    enter(app, str(smtp_port))
    app.key("Tab")


def choose_authority(app, path):
    app.press("Choose File…")
    app.find("Certificate Authority", "dialog")
    app.type("/")  # a place to type a path into
    field = app.wait(lambda: (node := app.focused()) is not None and role(node) == "text" and node, "the path's field")
    field.set_text(str(path))  # typed, it would be completed
    app.press("Open")
    app.wait(lambda: app.look("Certificate Authority", "dialog") is None, "the dialog's end")
    app.find("ca.pem", "label")


def wait_for_result(app):
    app.wait(lambda: can_press(app, "Test Again"), "the test's end")


def can_press(app, name):
    button = app.look(name, "button")
    return button is not None and "sensitive" in states(button)


def test_own_authority(make_app, stack):
    """From the first page to the first mail; the company's authority is unknown at first, and the password wrong."""
    subjects = [f"Set up {time.time_ns()} {number}" for number in range(3)]
    for subject in subjects:
        stack.send("customer@example.test", subject, "Hello,\n\nmy wheel is bent.", name="Ann Whitlock")
    app = make_app()
    enter_account(app, "wrong")
    enter_servers(app, stack.ports["IMAPS"], stack.ports["SMTPS"])
    app.press("Test the Servers")
    app.find(contains="Nobody that this computer trusts vouches for the server")
    wait_for_result(app)
    assert not can_press(app, "Finish")
    assert names.find_nameless(app.root) == []

    app.press("Back")
    choose_authority(app, stack.directory / "ca.pem")
    app.press("Test the Servers")
    app.find(contains="The server does not accept this login and password")
    wait_for_result(app)
    assert not can_press(app, "Finish")
    assert not list((app.data / "default").glob("*.json")), "nothing is kept before the end"

    app.press("Back")
    app.find("Test the Servers")
    app.press("Back")
    app.wait(lambda: can_press(app, "Continue"), "the first page")
    app.find("Password", "text").set_text("secret")
    app.press("Continue")
    app.press("Test the Servers")
    app.find(contains="Everything works")
    wait_for_result(app)
    app.press("Finish")
    app.find(contains="Waiting, 3 conversations")
    app.key("ctrl+j")
    app.find(contains="my wheel is bent")
    (channel,) = app.client().get("/v1/snapshot")["channels"]
    assert channel["config"]["ca"] == stack.authority


def test_finish_without_sending(make_app, stack):
    """The server for sending is away: one may go on, after a warning."""
    app = make_app()
    enter_account(app, "secret")
    with socket.create_server(("127.0.0.1", 0)) as unused:
        closed = unused.getsockname()[1]
    enter_servers(app, stack.ports["IMAPS"], closed)
    choose_authority(app, stack.directory / "ca.pem")
    app.press("Test the Servers")
    app.find(contains="Mail can be received, but not sent")
    wait_for_result(app)
    app.press("Finish Anyway")
    stack.send("customer@example.test", "Only in", "Hello,\n\nare you there?", name="Ann Whitlock")
    app.find(contains="Waiting, 1 conversation")


def test_change_is_tested_before_it_is_saved(make_app, stack, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    app = make_app()
    app.find(contains="Views")
    client = app.client()

    def channel():
        (only,) = client.get("/v1/snapshot")["channels"]
        return {"id": only["id"], "config": only["config"]}

    before = channel()
    app.key("ctrl+comma")
    app.find(contains="support@example.test", role_name="list item")
    app.wait(lambda: app.key("Tab") or "support@example.test" in app.focused().get_name(), "the focus on the mailbox")
    app.key("Return")
    app.find("Test the Servers")
    password = app.find(contains="New Password", role_name="text")
    password.set_text("wrong")
    app.press("Test the Servers")
    app.find(contains="The server does not accept this login and password")
    wait_for_result(app)
    assert can_press(app, "Save Anyway")
    assert client.post(f"/v1/doctor/{channel()['id']}", {})["ok"], "the old password is still there"

    app.press("Back")
    app.find("Test the Servers")
    password.set_text("")
    app.find(contains="Name That Customers See", role_name="text").set_text("Larkspur Workshop")
    app.press("Test the Servers")
    app.find(contains="Everything works")
    wait_for_result(app)
    assert channel() == before
    app.press("Save")
    app.wait(lambda: app.look("Save", "button") is None, "the dialog's end")
    assert channel()["config"] == {**before["config"], "sender_name": "Larkspur Workshop"}
