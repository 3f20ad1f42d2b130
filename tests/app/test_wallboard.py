# SPDX-License-Identifier: GPL-3.0-or-later
"""A supervisor's wallboard: the window, the real engine and a real Asterisk, with callers, agents and tones."""

import re

import pytest

import liaison
import liaison_app
import mailstack
import names
import pbx
import tones
from liaison_app import states, walk

pytestmark = pytest.mark.skipif(not pbx.running(), reason="Asterisk is not running: ./dev stack up")


@pytest.fixture
def lab():
    with pbx.Pbx() as lab:
        yield lab


def set_up_supervisor(data, port, in_window=False):
    """Sue administers, at a telephone of her own, or with the one in the window; Alice and Bob answer."""
    data.mkdir(parents=True, exist_ok=True)
    engine = liaison.Engine(data / "engine")
    engine.data = data / "default"
    engine.credentials = data / "credentials.json"
    engine.start()
    client = engine.sign_in()
    client.command("agent.save", {"agent": client.get("/v1/snapshot")["me"]["id"], "name": "Sue", "phone": "PJSIP/sue", "extension": "203"})
    for name, extension in ("Alice", "201"), ("Bob", "202"):
        client.command("agent.save", {"name": name, "phone": f"PJSIP/{name.lower()}", "extension": extension})
    client.command("channel.add", {"kind": "phone", "system": "asterisk", "name": "Office", "host": "127.0.0.1", "port": port, "tls": "none",
                                   "login": "liaison", "password": pbx.PASSWORD, "country": "US", "context": "agents"})
    if in_window:
        client.command("agent.phone", {"agent": client.get("/v1/snapshot")["me"]["id"], "account":
                                       {"server": "127.0.0.1", "port": mailstack.ports()["SIP"], "transport": "udp", "ca": None, "user": "sue", "secret": pbx.PASSWORD}})
    assert pbx.until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")
    assert pbx.until(lambda: [queue for queue in client.get("/v1/snapshot")["queues"] if queue["phone_name"] == "support"])
    client.command("queue.save", {"queue": "q_1", "short_s": 15, "service_target_s": 300, "wrapup_s": 0})
    engine.stop()


class Board:
    """What a supervisor sees of the wallboard, as a screen reader says it."""

    def __init__(self, app):
        self.app = app
        app.wait(app.focused, "the keyboard")
        app.key("ctrl+shift+w")
        self.frame = app.find("Wallboard", "frame")

    def find(self, contains, role_name=None):
        return self.app.wait(lambda: self.look(contains, role_name), f"{contains} on the wallboard")

    def look(self, contains, role_name=None):
        return next((node for node in walk(self.frame) if contains in node.get_name() and "showing" in states(node) and
                     (role_name is None or node.get_role_name() == role_name)), None)

    def press(self, contains, role_name="button"):
        assert self.find(contains, role_name).do_action(0), contains

    def figure(self, title, *values):
        """Of the queue Support, which is the first; any of these values."""
        self.app.wait(lambda: self.first(title) in values, f"{title} to be {values}")

    def first(self, title):
        """What it shows now: each time somebody looks it may be another second."""
        return next(node.get_name().split(", ")[1] for node in walk(self.frame) if node.get_name().startswith(title + ", ") and "showing" in states(node))

    def menu(self, agent, *keys):
        """Goes to an agent's line with the keyboard, which scrolls it into view, opens its menu there, and presses these keys in it. Pressed from afar a line
        may be below the end of the screen: GTK closes a menu that has no room."""
        button = self.find(agent, "toggle button")
        for _ in range(100):
            if "focused" in states(button):
                break
            self.app.key("shift+Tab")
        self.app.key("space")
        self.app.wait(self.shows_menu, "the menu")
        self.app.key(*keys)

    def shows_menu(self):
        return any(node.get_role_name() == "menu item" and "showing" in states(node) for node in walk(self.frame))


@pytest.fixture
def app(make_app, lab, tmp_path):
    set_up_supervisor(tmp_path / "data", mailstack.ports()["AMI"])
    return make_app()


def agent_id(app, name):
    return next(agent["id"] for agent in app.client().get("/v1/snapshot")["agents"] if agent["name"] == name)


def test_numbers_move_with_calls(app, lab, tmp_path):
    board = Board(app)
    alice = lab.agent("alice", "support")
    board.find("Alice, Available")
    app.client().command("queue.pause-agent", {"agent": agent_id(app, "Alice"), "on": True, "reason": "Lunch"})
    for title in "Service Level", "Time to Answer", "Longest Wait", "Handling Time":
        board.figure(title, "–")
    board.find("Alice, Pause: Lunch")
    assert names.find_nameless(app.root) == []

    first = lab.caller("2125551000").dial(500).wait_for("talking")
    second = lab.caller("2125552000").dial(500).wait_for("talking")
    board.figure("Waiting", "2")
    board.figure("Longest Wait", *(f"0:{second}" for second in range(16, 60)), *(f"1:{second:02}" for second in range(60)))  # which is more than a short wait
    app.picture(tmp_path / "waiting.png")
    second.hang_up()
    board.figure("Hung Up", "1")
    board.figure("Waiting", "1")
    third = lab.caller("2125553000").dial(500)
    assert pbx.until(lambda: "2125553000" in lab.waiting())
    third.hang_up()
    board.figure("Hung Up at Once", "1")

    app.client().command("queue.pause-agent", {"agent": agent_id(app, "Alice"), "on": False})
    talk = alice.answer()
    assert first.hears(tones.AGENT)
    board.find("Alice, Talking, 0:")
    board.figure("Answered", "1")
    board.figure("Waiting", "0")
    board.figure("Service Level", "33 %")  # of three, where hanging up counts as not served
    app.picture(tmp_path / "talking.png")
    talk.hang_up()
    board.figure("Handling Time", *(f"0:{second:02}" for second in range(1, 60)))

    board.press("Service Level")
    board.find("Not Served in Time")
    app.wait(lambda: [node for node in walk(board.frame) if "hung up" in node.get_name() and "showing" in states(node)], "the rows behind it")
    app.picture(tmp_path / "rows.png")
    board.find("212")


def test_listen_whisper_and_barge(app, lab, tmp_path):
    alice = lab.agent("alice", "support")
    sue = lab.agent("sue")
    board = Board(app)
    caller = lab.caller("2125551000").dial(500)
    talk = alice.answer()
    assert caller.hears(tones.AGENT)
    board.find("Alice, Talking")

    board.menu("Alice", "l")
    ear = sue.answer()
    assert ear.hears(tones.CALLER, tones.AGENT)
    assert caller.hears(tones.AGENT) and talk.hears(tones.CALLER)
    ear.hang_up()
    board.menu("Alice", "w")
    ear = sue.answer()
    assert talk.hears(tones.CALLER, tones.SUPERVISOR)
    assert caller.hears(tones.AGENT)
    ear.hang_up()
    board.menu("Alice", "j")
    app.picture(tmp_path / "barge.png")
    board.press("Join")
    ear = sue.answer()
    assert talk.hears(tones.CALLER, tones.SUPERVISOR) and caller.hears(tones.AGENT, tones.SUPERVISOR)
    ear.hang_up()
    assert [(row["what"], row["d"]["mode"]) for row in app.client().get("/v1/audit")["rows"]] == \
        [("call.supervise", "barge"), ("call.supervise", "whisper"), ("call.supervise", "listen")]


def test_listen_with_the_windows_telephone(make_app, lab, tmp_path, tmp_path_factory):
    """It answers by itself, one bar says what goes on, and the agent's call is none of hers."""
    set_up_supervisor(tmp_path / "data", mailstack.ports()["AMI"], in_window=True)
    with lab.registering("sue"):
        app = make_app(settings={"phone-cancel-echo": "false"}, env={
            "GST_PLUGIN_PATH": f"{liaison_app.BUILD}/tests/app", "GST_REGISTRY": str(tmp_path_factory.getbasetemp() / "registry"), "LIAISON_TEST_TONE": str(tones.SUPERVISOR)})
    alice = lab.agent("alice", "support")
    board = Board(app)
    caller = lab.caller("2125551000").dial(500)
    talk = alice.answer()
    assert caller.hears(tones.AGENT)
    board.find("Alice, Talking")

    board.menu("Alice", "l")
    app.find(contains="Listening to Alice with")
    board.find("Listening to Alice with")  # in full screen nothing else is seen
    assert app.look(contains="Nobody hears you") and not app.look("Answer")
    assert caller.hears(tones.AGENT) and talk.hears(tones.CALLER)
    app.press("Whisper")
    app.find(contains="Whispering to Alice, who talks with")
    assert talk.hears(tones.CALLER, tones.SUPERVISOR) and caller.hears(tones.AGENT)
    app.press("Join")
    app.find(contains="In the call of Alice with")
    assert talk.hears(tones.CALLER, tones.SUPERVISOR) and caller.hears(tones.AGENT, tones.SUPERVISOR)
    app.picture(tmp_path / "join.png")
    app.press("Listen")
    app.find(contains="Listening to Alice with")
    assert talk.hears(tones.CALLER) and caller.hears(tones.AGENT)
    [call] = app.client().get("/v1/snapshot")["calls"]
    assert [(leg["kind"], leg["mode"]) for leg in call["legs"] if leg["ended"] is None and leg["kind"] == "spy"] == [("spy", "listen")]

    app.key("F4")  # on the wallboard
    app.wait(lambda: app.look(contains="Alice with") is None, "the end of the bars")
    assert app.look(contains="Wrap-up") is None and talk.state == caller.state == "talking"

    # Somebody who has learned the name of that ringing is not answered by it.
    name = next(leg["uniqueid"] for leg in call["legs"] if leg["kind"] == "spy")
    assert lab.tester.action("QueueAdd", Queue="sales", Interface="PJSIP/sue", MemberName="sue", StateInterface="PJSIP/sue")["Response"] == "Success"
    forger = lab.caller("2125556666", tones.OUTSIDE).dial(501, X_Liaison_Call=name)
    app.find("Answer")
    assert not app.look(contains="Listening") and forger.hears(tones.ON_HOLD)
    app.find("Answer")  # again, for nobody has taken it: the queue rings for six seconds at a time
    forger.hang_up()
    app.wait(lambda: app.look("Answer") is None, "the end of the ringing")
    talk.hang_up()
    board.figure("Answered", "1")
    board.figure("Hung Up", "0")
    client = app.client()
    rows = [row for view in ("all", "closed") for row in client.get(f"/v1/views/{view}/rows")["rows"]]
    entries = [entry for row in rows for entry in client.get(f"/v1/conversations/{row['id']}")["timeline"] if entry["kind"] == "call"]
    assert sorted(entry["d"]["number"] for entry in entries) == ["2125551000", "2125556666"]
    assert [row["d"]["mode"] for row in client.get("/v1/audit")["rows"]] == ["listen", "barge", "whisper", "listen"]


def test_pause_resume_and_sign_out(app, lab):
    lab.agent("alice", "support")
    board = Board(app)
    board.find("Alice, ")
    board.menu("Alice", "p", "Down", "Down", "Return")
    assert pbx.until(lambda: lab.members(Name="alice", Paused="1", PausedReason="Lunch"))
    board.find("Alice, Pause: Lunch, 0:")
    board.menu("Alice", "e")
    assert pbx.until(lambda: lab.members(Name="alice", Paused="0"))
    board.find("Alice, Available")
    board.menu("Alice", "s")
    board.press("Sign Out")
    assert pbx.until(lambda: not lab.members(Name="alice"))
    app.wait(lambda: any("In no queue" in node.get_name() for node in walk(board.frame)), "her line to say so")


def test_who_is_made_the_next_one(app, lab):
    lab.agent("alice", "support", paused=True)
    board = Board(app)
    for number in "2125551000", "2125552000", "2125553000":
        lab.wait_in_line(number)
    board.figure("Waiting", "3")
    make_next(board, 2)
    assert pbx.until(lambda: lab.waiting() == ["2125553000", "2125551000", "2125552000"])
    app.wait(lambda: numbers(board) == ["2125553000", "2125551000", "2125552000"], "the order on the board")
    make_next(board, 2)
    assert pbx.until(lambda: lab.waiting()[0] == "2125552000"), lab.waiting()


def make_next(board, index):
    buttons = [node for node in walk(board.frame) if node.get_name() == "Make This the Next Caller" and "showing" in states(node)]
    buttons[index].do_action(0)


def numbers(board):
    """Each stands in an isolate, for a window that runs from right to left."""
    labels = [node.get_name().strip("\u2066\u2069") for node in walk(board.frame) if node.get_role_name() == "label" and "showing" in states(node)]
    return [label for label in labels if label.startswith("21255")]


def test_what_is_old_says_so(make_app, lab, tmp_path):
    """The engine goes on and sends figures: they are those of the moment when the telephone system was lost."""
    cable = pbx.Cable()
    set_up_supervisor(tmp_path / "data", cable.port)
    lab.agent("alice", "support", paused=True)
    lab.caller("2125551000").dial(500).wait_for("talking")
    app = make_app(style="dark")
    board = Board(app)
    board.figure("Waiting", "1")
    cable.pull()
    old = board.find("The telephone system is not connected: what you see is 0:")
    app.wait(lambda: seconds(old) >= 12, "time to go on")
    app.picture(tmp_path / "stale.png")
    cable.plug()
    app.wait(lambda: board.look("The telephone system is not connected") is None, "the connection")
    app.picture(tmp_path / "dark.png")


def seconds(node):
    """Of the time that is in its name."""
    minutes, rest = re.search(r"(\d+):(\d\d)", node.get_name()).groups()
    return int(minutes) * 60 + int(rest)


def test_full_screen(app, lab, tmp_path):
    board = Board(app)
    board.figure("Waiting", "0")
    before = size(board)
    app.key("F11")
    app.wait(lambda: size(board) == (1600, 1000), f"the whole screen, not {before}")
    app.picture(tmp_path / "full.png")
    app.key("F11")
    app.wait(lambda: size(board) == before, "the window as it was")


def size(board):
    return board.frame.get_extents()[2:]
