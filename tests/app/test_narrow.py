# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as narrow as a telephone, with the keyboard alone."""

import pytest

from liaison_app import role


@pytest.fixture
def app(make_app):
    app = make_app(size=(360, 640))
    app.open_sample()
    return app


def test_list_and_back(app):
    # The arrows go through the list and do not leave it; Enter does.
    app.key("Down", "Down")
    assert role(app.focused()) == "table cell" and app.look("Timeline") is None
    app.key("Return")
    app.find("Timeline")
    app.key("Escape")
    app.wait(lambda: role(app.focused()) == "table cell", "the list to have the focus")
    # The keys of the window work although the conversation is out of sight.
    app.key("ctrl+k")
    app.find("Command")
    app.key("Escape")
    app.wait(lambda: app.look("Command") is None, "the palette to close")
    app.open_mail()


def test_customer_is_put_away(app):
    app.open_mail()
    app.key("F9")
    app.find("Addresses")
    app.key("Escape")
    app.wait(lambda: app.look("Addresses") is None, "the customer to go")
    assert app.look(contains="Reply to")


def test_everything_fits(app):
    app.open_mail()
    app.key("ctrl+r")
    app.find("Reply", "text")
    # What one writes is chosen by pictures that have names, not by the beginnings of words.
    assert app.look("Forward", "image") and app.look("Forward", "label") is None
    assert "exceeds" not in app.log.read_text()
