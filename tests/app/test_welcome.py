# SPDX-License-Identifier: GPL-3.0-or-later
import names


def test_welcome_offers_two_ways(make_app):
    app = make_app()
    app.find("Welcome to Liaison")
    for name in ("Set Up Your Mailbox", "Look Around with Sample Data", "Main Menu"):
        app.find(name)
    assert names.find_nameless(app.root) == []


def test_set_up_asks_for_the_mailbox(make_app):
    app = make_app()
    app.press("Set Up Your Mailbox")
    app.find(contains="E-mail Address")
    app.find(contains="Password")
    app.find("Continue")
    assert names.find_nameless(app.root) == []
