# SPDX-License-Identifier: GPL-3.0-or-later
"""A telephone system is set up, tested, changed and removed through the window, against a real Asterisk."""

import pytest

import mailstack
import names
import pbx
import tones
from liaison_app import states, text_of

pytestmark = pytest.mark.skipif(not pbx.running(), reason="there is no Asterisk: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def set_text(app, name, text):
    app.find(contains=name, role_name="text").set_text(text)


def can_press(app, name):
    button = app.look(name, "button")
    return button is not None and "sensitive" in states(button)


def enter(app, text):
    app.key("ctrl+a")
    app.type(text)


def focus_on(app, name):
    app.wait(lambda: (focused := app.focused()) is not None and name in focused.get_name() or app.key("Tab"), f"the focus on {name}")


def choose_without_encryption(app):
    """The second of the two kinds."""
    focus_on(app, "Encryption")
    app.key("space", "Down", "Return")
    app.find(contains="None (This Computer)")


def enter_system(app, password):
    app.find(contains="Address", role_name="text")
    focus_on(app, "Address")
    enter(app, "localhost")
    app.key("Tab")
    enter(app, str(mailstack.ports()["AMI"]))
    choose_without_encryption(app)
    set_text(app, "Password", password)


def top_of(app, **node):
    """Where it is in the window, also when it is scrolled out of sight."""
    return app.find(**node).get_extents()[1]


def wait_for_result(app):
    app.wait(lambda: can_press(app, "Test Again"), "the test's end")


def test_first_call(make_app, lab, tmp_path):
    """From the first page to a telephone that rings; the password is wrong at first."""
    alice = lab.agent("alice")
    app = make_app()
    app.press("Set Up Your Telephone System")
    enter_system(app, "wrong")
    app.press("Test the Telephone System")
    app.find(contains="The telephone system does not let this login in")
    app.find(contains="[liaison](liaison-engine)")
    wait_for_result(app)
    assert not can_press(app, "Continue") and names.find_nameless(app.root) == []
    app.picture(tmp_path / "refused.png")

    focus_on(app, "Find the Keys")  # scrolled down
    app.press("Back")
    app.find("Test the Telephone System")
    app.picture(tmp_path / "system.png")
    set_text(app, "Password", pbx.PASSWORD)
    app.press("Test the Telephone System")
    app.find(contains="Everything works")
    wait_for_result(app)
    app.wait(lambda: top_of(app, contains="Everything works") > top_of(app, name="Test", role_name="label"), "the outcome in sight")
    app.picture(tmp_path / "works.png")
    assert not list((app.data / "default").glob("*.json")), "nothing is kept before the end"
    app.press("Continue")
    app.find("Who Sits Where")
    app.find(contains="ringall")
    focus_on(app, "ringall")
    app.key("space")
    agent = app.client().get("/v1/snapshot")["agents"][0]
    focus_on(app, agent["name"])
    app.key("Return")
    focus_on(app, "Telephone")
    app.key("space", "Down", "Return")
    app.find(contains="201 · PJSIP/alice")
    assert names.find_nameless(app.root) == []
    app.press("Let It Ring")
    app.find(contains="It should ring now")
    talk = alice.answer()
    assert talk.hears(tones.NOBODY)
    app.find(contains="It was answered")
    app.picture(tmp_path / "phones.png")
    app.press("Finish")
    app.wait(lambda: app.look("Finish", "button") is None, "the dialog's end")
    snapshot = app.wait(lambda: (now := app.client().get("/v1/snapshot"))["agents"][0]["phone"] and now, "the telephone to be saved")
    (channel,) = snapshot["channels"]
    assert (channel["kind"], channel["config"]["host"], channel["config"]["context"]) == ("phone", "localhost", "agents")
    assert channel["config"]["hidden_queues"] == ["ringall"]
    app.find(contains="sales, ")  # in the side bar
    assert not app.look(contains="ringall")
    assert "secret" not in str(channel["config"].get("password", "")) and pbx.PASSWORD not in str(channel)
    assert (snapshot["agents"][0]["phone"], snapshot["agents"][0]["extension"], snapshot["agents"][0]["member"]) == ("PJSIP/alice", "201", "")

    doctor = app.client().post(f"/v1/doctor/{channel['id']}", {})
    assert doctor["ok"] and agent["name"] in next(step for step in doctor["steps"] if step["step"] == "phones")["detail"]
    change_and_remove(app)


def change_and_remove(app):
    app.key("ctrl+comma")
    app.find("Channels")
    app.find(contains="Connected; calls")
    focus_on(app, "localhost")
    app.key("Return")
    app.find("Test the Telephone System")
    set_text(app, "Name in Lists", "Head office")
    focus_on(app, "Calls Abroad")
    app.key("space", "Down", "Return")
    app.find("Supervisors")
    focus_on(app, "Exceptions")
    app.key("Return")
    app.find(contains="Everybody May Call", role_name="text")
    set_text(app, "Everybody May Call", "England")
    app.wait(lambda: not can_press(app, "Test the Telephone System"), "words to be refused")
    set_text(app, "Everybody May Call", "+44*")
    app.press("Test the Telephone System")
    app.find(contains="Everything works")
    wait_for_result(app)
    app.press("Continue")
    app.find("Who Sits Where")
    focus_on(app, "ringall")
    assert "checked" not in states(app.focused())
    app.key("space")
    app.press("Save")
    app.wait(lambda: app.look("Save", "button") is None, "the dialog's end")
    channel = app.client().get("/v1/snapshot")["channels"][0]
    config = channel["config"]
    assert (channel["name"], config["dial_abroad"], config["dial_agent"], config["dial_admin"]) == ("Head office", "supervisor", "+44*", "")
    app.find(contains="ringall, ")
    app.press("Test This Telephone System")
    app.find(contains="Everything works")
    wait_for_result(app)
    app.press("Close")
    app.wait(lambda: app.look("Test Again", "button") is None, "the test's end")
    app.press("Remove This Telephone System")
    app.press("Remove")
    app.wait(lambda: not app.client().get("/v1/snapshot")["channels"], "the channel to go")


def test_files_for_the_administrator(make_app, tmp_path):
    app = make_app(size=(360, 640), style="dark")
    app.press("Set Up Your Telephone System")
    focus_on(app, "What Goes Into the Telephone System")
    app.key("Return")
    text = app.find("Text of the file", "text")
    app.wait(lambda: "Liaison and your telephone system" in text_of(text), "the steps")
    focus_on(app, "File")
    app.key("space", "Down", "Down", "Return")
    app.wait(lambda: "[liaison-queue]" in text_of(text), "the dialplan")
    app.picture(tmp_path / "files.png")
    assert names.find_nameless(app.root) == []
    app.press("Copy")
    app.find("Copied")
    assert "exceeds" not in app.log.read_text()
