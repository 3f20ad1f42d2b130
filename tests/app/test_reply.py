# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer's mail comes in through real servers, is answered by keyboard alone, and the answer is in the customer's mailbox."""

import os
import time

import pytest

import names
from liaison_app import text_of
from liaison_setup import set_up_mailbox

pytestmark = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")


def test_reply_by_keyboard(make_app, stack, tmp_path):
    subject = f"Bent wheel {time.time_ns()}"
    set_up_mailbox(tmp_path / "data", stack)
    stack.send("customer@example.test", subject, "Hello,\n\nmy wheel is bent. What now?\n\nAnn", name="Ann Whitlock")

    app = make_app()
    app.find(contains="Waiting, 1 conversation")
    app.key("ctrl+j")
    app.find(contains="my wheel is bent")
    app.key("ctrl+r")
    app.find("Reply", "text")
    app.type("Bring it in on Monday, we true it while you wait.")
    assert names.find_nameless(app.root) == []
    app.key("ctrl+Return")
    app.toast("Message on its way")

    answer = stack.wait_for_mail("customer", subject)
    text = answer.get_body(("plain",)).get_content()
    assert answer["Subject"] == f"Re: {subject}"
    assert "Bring it in on Monday" in text
    assert "> my wheel is bent. What now?" in text
    assert "customer@example.test" in answer["To"]


def test_sending_is_taken_back(make_app, stack, tmp_path):
    set_up_mailbox(tmp_path / "data", stack)
    stack.send("customer@example.test", f"Taken back {time.time_ns()}", "When do you open?", name="Marcus Adeyemi")

    app = make_app()
    app.find(contains="Waiting, 1 conversation")
    app.key("ctrl+j")
    app.find(contains="When do you open?")
    app.key("ctrl+r")
    app.find("Reply", "text")
    app.type("At nine, or was it ten")
    app.key("ctrl+Return")
    app.toast("Message on its way", "Undo")
    body = app.find("Reply", "text")
    app.wait(lambda: text_of(body) == "At nine, or was it ten", "the words, without the quote that was sent with them")
