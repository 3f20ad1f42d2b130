#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: screenshot.py FILE PAGE -- on an X server of its own; see screenshot.sh"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/lib"))

from liaison_app import App  # noqa: E402

EDGE = 5  # the window manager's frame; the screen is larger by it
ANSWER = "Hello Hannah,\n\na healthy view! The pen is in the post, and the 80 are on their way. We have also told the carrier what "


def open_sample(app):
    app.press("Look Around with Sample Data")
    app.find(contains="Workshop", seconds=60)
    time.sleep(2)


def show_welcome(app):
    app.find("Welcome to Liaison")


def show_setup(app):
    app.press("Set Up Your Mailbox")
    app.find("Continue")
    time.sleep(0.5)
    app.type("support@larkspur.example")


def show_inbox(app):
    open_sample(app)


def show_conversation(app):
    """The first one down the list that has a picture in it."""
    open_sample(app)
    for _ in range(25):
        app.key("alt+Down")
        time.sleep(0.3)
        if app.look(contains="IMG_"):
            break
    app.find(contains="Reply to")


def show_compose(app):
    show_conversation(app)
    app.key("ctrl+r")
    app.find("Reply", "text")
    app.type(ANSWER)


def show_note(app):
    show_conversation(app)
    app.key("ctrl+m")
    app.find("Note for colleagues")
    app.type("Spoke to the workshop: the part is here on Thursday.")


PAGES = {"welcome": show_welcome, "setup": show_setup, "inbox": show_inbox, "conversation": show_conversation, "compose": show_compose,
         "note": show_note}


def main(file, page):
    size = tuple(int(part) for part in os.environ.get("SIZE", "1280x800").split("x"))
    style = os.environ.get("STYLE", "light")
    env = {"ADW_DEBUG_HIGH_CONTRAST": "1"} if style == "high-contrast" else {}
    manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with tempfile.TemporaryDirectory() as data:
            settings = pathlib.Path(data) / "config/gtk-4.0/settings.ini"
            settings.parent.mkdir(parents=True)
            settings.write_text("[Settings]\ngtk-font-name=Inter 11\n")
            app = App(data, size=size, style="dark" if style == "dark" else "light", maximized=True, env=env).start()
            try:
                PAGES[page](app)
                time.sleep(1.5)
                app.picture(file)
                subprocess.run(["convert", file, "-shave", f"{EDGE}x{EDGE}", "+repage", file], check=True)
            finally:
                app.stop()
    finally:
        manager.terminate()
        manager.wait()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[2] not in PAGES:
        sys.exit(f"usage: ./dev screenshot FILE [{' | '.join(PAGES)}]")
    main(sys.argv[1], sys.argv[2])
