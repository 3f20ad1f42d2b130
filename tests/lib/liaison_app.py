# SPDX-License-Identifier: GPL-3.0-or-later
"""The app as a process, driven as somebody at the keyboard or a screen reader does: AT-SPI to read and press, xdotool to type.

GTK shows only what is realised: rows that are scrolled away are not there, and extents are right in WINDOW coordinates only.
"""

import configparser
import contextlib
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

import accessible
import liaison
from accessible import walk
from patience import PATIENCE_S, until

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = os.environ.get("LIAISON_BUILD", "_dev/build")

announced = []  # what screen readers are told without asking, and the node that tells it
accessible.Listener("Announcement", lambda node, event: announced.append((event[3], node)))

focused = []  # the node that was the last to say that it has the keyboard
accessible.Listener("StateChanged", lambda node, event: focused.__setitem__(slice(None), [node]) if event[1] else None, detail="focused")


def role(node):
    return node.get_role_name()


def states(node):
    return node.get_states()


def text_of(node):
    return node.get_text()


class Announcements:
    """What a screen reader is told to say."""

    def __init__(self):
        self.said = []
        self.listener = accessible.Listener("Announcement", lambda _, event: self.said.append(event[3]))

    def heard(self, *parts):
        """Whether all the parts were said at once."""
        accessible.hear_events()
        return any(all(part in said for part in parts) for said in self.said)

    def stop(self):
        self.listener.stop()


kept = tempfile.TemporaryDirectory(prefix="liaison-sample-")
KEPT_S = 120  # its times follow the clock


def copy_sample(directory):
    """As the window has it made, by the same program, but not again for each case."""
    source = pathlib.Path(kept.name) / "sample"
    if not source.exists() or time.time() - source.stat().st_ctime > KEPT_S:
        shutil.rmtree(source, ignore_errors=True)
        status = liaison.run("sample", "--data", source, timeout=300)
        assert status[0] == 0, status
    shutil.copytree(source, directory)


class App:
    """`data` holds the workspaces; `size` and `style` ("light", "dark") are for pictures; `settings` are more of Liaison's, as text."""

    samples = 0  # how many were opened

    def __init__(self, data, *options, size=(1280, 800), style="light", maximized=False, settings=None, env=None):
        self.data = pathlib.Path(data)
        self.options = options
        self.size = size
        self.maximized = maximized
        self.settings = settings or {}
        self.env = {**os.environ, "LIAISON_DATA": str(self.data), "XDG_CONFIG_HOME": str(self.data / "config"), "XDG_CACHE_HOME": str(self.data / "cache"),
                    "LIAISON_CREDENTIALS_FILE": str(self.data / "credentials.json"), "GSETTINGS_BACKEND": "keyfile",
                    "ADW_DEBUG_COLOR_SCHEME": f"prefer-{style}", "GTK_A11Y": "atspi", "TZ": "UTC", **(env or {})}
        self.process = None
        self.root = None
        self.told_all = False
        self.log = self.data / "app.log"

    def write_settings(self):
        settings = configparser.ConfigParser()
        settings["org/liaisondesk/Liaison"] = {"window-width": self.size[0], "window-height": self.size[1],
                                              "window-maximized": "true" if self.maximized else "false", **self.settings}
        path = self.data / "config/glib-2.0/settings/keyfile"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w") as file:
            settings.write(file)

    def launch(self):
        """Starts it without waiting for a window."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.write_settings()
        announced.clear()
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([TOP / "tools/run-app", BUILD, *self.options], cwd=TOP, env=self.env, stdout=log, stderr=log)
        return self

    def start(self):
        return self.launch().wait_for_window()

    def wait_for_window(self):
        self.root = self.wait(self.find_root, "the app on the accessibility bus")
        return self

    def find_root(self):
        return next((node for node in accessible.programs() if node.get_process_id() == self.process.pid and node.count_children() > 0), None)

    def wait(self, condition, what, seconds=PATIENCE_S):
        """What `condition` gives once that is true. It may ask for nodes that vanish while one looks, or are not there yet, as what has the keyboard. Looking
        through the whole window takes long enough: a condition does it once."""
        end, trouble = time.monotonic() + max(seconds, PATIENCE_S), None
        while time.monotonic() < end:
            try:
                value = condition()
            except (GLib.Error, AttributeError, TypeError, StopIteration) as error:
                value, trouble = None, error
            if value:
                return value
            assert self.process.poll() is None, f"the app ended:\n{self.log.read_text()}"
            time.sleep(0.05)
        self.tell()
        raise AssertionError(f"waited {seconds} s for {what}") from trouble

    def tell(self):
        """For whoever reads why a test has failed; once, for what comes later is less to the point."""
        if not self.told_all and self.process and self.process.poll() is None:
            self.told_all = True
            print(f"the app shows:\n{self.describe() if self.root else ''}\n{self.log.read_text()}", flush=True)

    def nodes(self):
        """What can be seen."""
        return [node for node in walk(self.root) if node == self.root or "showing" in states(node)]

    def describe(self):
        lines = []
        for node in walk(self.root):
            try:
                now = states(node)
                if node.get_name() and "showing" in now:
                    text = f" “{text_of(node)}”" if role(node) == "text" else ""
                    lines.append(f"{role(node)}: {node.get_name()}{text}{' (has the keyboard)' if 'focused' in now else ''}")
            except GLib.Error:
                pass
        return "\n".join(lines[:400])

    def look(self, name=None, role_name=None, contains=None):
        """The first node that fits, or None."""
        for node in walk(self.root):
            try:
                fits = ((name is None or node.get_name() == name) and (role_name is None or role(node) == role_name) and
                        (contains is None or contains in node.get_name()) and "showing" in states(node))
            except GLib.Error:
                fits = False
            if fits:
                return node
        return None

    def find(self, name=None, role_name=None, contains=None, seconds=PATIENCE_S):
        return self.wait(lambda: self.look(name, role_name, contains), f"{role_name or 'a node'} {name or contains}", seconds)

    def press(self, name, seconds=PATIENCE_S):
        node = self.find(name, seconds=seconds)
        assert node.do_action(0), name
        return node

    def is_ready(self, name):
        """Whether what is called so can be used."""
        node = next((node for node in walk(self.root) if (node.get_name() or "").startswith(name) and "showing" in states(node)), None)
        return node is not None and "sensitive" in states(node)

    def go_to(self, name, steps=30):
        """With Tab to what is called so."""
        self.wait(lambda: self.is_ready(name), f"{name}, ready")
        for _ in range(steps):
            if self.focused() is not None and (self.focused().get_name() or "").startswith(name):
                return
            self.key("Tab")
        raise AssertionError(f"the keyboard never came to {name}")

    def press_by_key(self, name):
        self.go_to(name)
        self.key("Return")

    def told(self, words):
        """The overlay that says so first, or None; what it said before that is not told again."""
        accessible.hear_events()
        index = next((index for index, (said, _) in enumerate(announced) if words in said), None)
        if index is None:
            return None
        _, overlay = announced[index]
        del announced[:index + 1]
        return overlay

    def toast(self, words, button=None):
        """A toast that says so, and its button pressed. It goes after a few seconds, which looking through the whole window may take; that it came is told."""
        overlay = self.wait(lambda: self.told(words), f"a toast: {words}")
        if button:
            def shown():
                """What is told may not be among the nodes yet."""
                nodes = next((list(walk(node)) for node in overlay.get_children() if role(node) == "alert" and any(words in below.get_name() for below in walk(node))), [])
                return next((node for node in nodes if node.get_name() == button), None)

            assert self.wait(shown, f"{button} in the toast: {words}").do_action(0), button

    def open_sample(self):
        """Opens the sample data; the first time in a program it is made by the window, as by somebody who has just come, later it is a copy. The window is itself
        when its list has the keyboard: before, keys go to the page that says that it is being made. I have no telephone: whether a caller or a conversation is
        more urgent goes by the time of day."""
        App.samples += 1
        if App.samples > 1 and not (self.data / "sample").exists():
            copy_sample(self.data / "sample")
        self.press("Look Around with Sample Data")
        known = focused[:]
        until(lambda: self.has_told_a_row(known), 20)  # looking all the time would keep it from what it does
        self.wait(self.shows_sample, "the sample's conversations")
        self.wait(lambda: role(self.focused()) == "table cell", "the keyboard among them")
        client = self.client("sample")
        client.command("agent.save", {"agent": client.get("/v1/snapshot")["me"]["id"], "phone": ""})

    def has_told_a_row(self, known):
        """That it has the keyboard now. It is told once, so whoever waits for it has to look as well."""
        accessible.hear_events()
        if focused == known:
            return False
        with contextlib.suppress(GLib.Error):
            is_row = focused[0].get_process_id() == self.process.pid and role(focused[0]) == "table cell"
            known[:] = focused
            return is_row
        return False

    def shows_sample(self):
        seen = [(role(node), node.get_name()) for node in walk(self.root) if "showing" in states(node)]
        return any(what == "table cell" and "," in name for what, name in seen) and not any("Making the Sample Data" in name for _, name in seen)

    def focused(self):
        """What has the keyboard. Nodes tell when they get it; to look through the whole window takes a second where the sanitizers are."""
        accessible.hear_events()
        with contextlib.suppress(GLib.Error):
            if focused and {"focused", "showing"} <= states(focused[0]) and focused[0].get_process_id() == self.process.pid:
                return focused[0]
        return next((node for node in walk(self.root) if "focused" in states(node)), None)

    def has_keyboard(self):
        active = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"], capture_output=True, text=True)
        return active.stdout.strip() == str(self.process.pid)

    def settle(self, events):
        """Waits until the app has taken so many events: it takes at least one between two questions."""
        with contextlib.suppress(GLib.Error):
            for _ in range(events):
                self.root.count_children()

    def key(self, *names):
        for name in names:
            until(self.has_keyboard, 10)  # a window that is just opening gets it a little later
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
            self.settle(10)
            time.sleep(0.15)

    def type(self, text):
        for number, line in enumerate(text.split("\n")):
            if number > 0:
                self.key("Return")
            if line:
                until(self.has_keyboard, 10)
                subprocess.run(["xdotool", "type", "--delay", "12", line], check=True)
                self.settle(4 * len(line))

    def activate(self, action, *parameters):
        """Does what a notification that is clicked, or a launcher, asks for on the session bus."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        arguments = GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", parameter) for parameter in parameters], {}))
        bus.call_sync("org.liaisondesk.Liaison", "/org/liaisondesk/Liaison", "org.gtk.Actions", "Activate", arguments, None,
                      Gio.DBusCallFlags.NONE, 15000, None)

    def engine_file(self, suffix, workspace="default"):
        """The engine's "sock", "pid" or "log": as src/client/lia-engine-socket.c names them."""
        name = hashlib.sha256(str((self.data / workspace).absolute()).encode()).hexdigest()[:16]
        return pathlib.Path(self.env.get("XDG_RUNTIME_DIR") or self.env["XDG_CACHE_HOME"]) / "liaison" / f"{name}.{suffix}"

    def engine_pid(self, workspace="default"):
        """0: there is none."""
        try:
            pid = int(self.engine_file("pid", workspace).read_text())
            return pid if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "liaisond" else 0
        except (OSError, ValueError):
            return 0

    def client(self, workspace="default"):
        """Another client of the app's engine."""
        client = liaison.Client(path=str(self.engine_file("sock", workspace)))
        client.sign_in()
        return client

    def open_mail(self, workspace="sample"):
        """Opens a conversation of mine in the sample, by e-mail and in English, and gives its id: which stands first goes by who calls meanwhile."""
        rows = self.client(workspace).get("/v1/views/mine/rows?limit=50")["rows"]
        row = next(row for row in rows if row["subject"] == "Third e-mail: no tracking number")
        self.activate("open-conversation", row["id"])
        self.find(contains="Reply to")
        return row["id"]

    def picture(self, path):
        subprocess.run(["import", "-window", "root", str(path)], check=True)

    def kill(self):
        """As a crash does: the engine goes on."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop_engines(self):
        """A crashed app's engines wait for the next app."""
        for workspace in ("default", "sample"):
            pid = self.engine_pid(workspace)
            if pid:
                os.kill(pid, signal.SIGTERM)

    def stop(self):
        """Ends the app from outside; gives its status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process = None
        return status
