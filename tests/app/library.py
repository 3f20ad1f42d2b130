# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in which the library of canned responses is kept, by keyboard and as a screen reader tells it."""

from liaison_app import role, states, walk


class Library:
    """Its window, as a screen reader tells it."""

    def __init__(self, app):
        self.app = app
        app.wait(app.focused, "the keyboard")
        app.key("ctrl+b")
        self.frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Responses"), None), "the library")
        self.find("Search Responses", contains=True, roles=None)

    def look(self, name, roles=None, contains=False):
        for node in walk(self.frame):
            title = node.get_name() or ""
            if (title == name or (contains and name in title)) and "showing" in states(node) and (roles is None or role(node) in roles):
                return node
        return None

    def find(self, name, roles=None, contains=False):
        return self.app.wait(lambda: self.look(name, roles, contains), f"{name} in the library")

    def press(self, name, roles=None):
        node = self.find(name, roles)
        assert node.do_action(0), name
        return node

    def rows(self):
        return [node.get_name() for node in walk(self.frame) if role(node) == "list item" and "showing" in states(node) and node.get_name()]

    def focused(self):
        return next((node for node in walk(self.frame) if "focused" in states(node)), None)

    def tab_to(self, name, most=20):
        """As often as it takes; what is never reached cannot be used without a mouse."""
        for _ in range(most):
            node = self.focused()
            if node is not None and node.get_name() == name:
                return node
            self.app.key("Tab")
        raise AssertionError(f"{name} is not reached with Tab:\n{self.app.describe()}")


def responses(app):
    return {row["title"]: row for row in app.client("sample").get("/v1/responses?since=0&limit=200")["rows"]}


def menu(library, *keys):
    """Of the response, by keyboard."""
    library.app.key("ctrl+m")
    library.app.wait(lambda: any(role(node) == "menu item" and "showing" in states(node) for node in walk(library.frame)), "the menu")
    for key in keys:
        library.app.key(key)


def choose(library, key, title, path):
    """What the menu offers under `key`, then `path` in the file dialog that is called `title`."""
    app = library.app
    app.key("F10")
    app.wait(lambda: any(role(node) == "menu item" and "showing" in states(node) for node in walk(library.frame)), "the menu")
    app.key(key)
    app.wait(lambda: any(role(node) in ("file chooser", "dialog", "frame") and node.get_name() == title for node in walk(app.root)), f"the file dialog {title}")
    app.key("ctrl+a")
    app.type(str(path))
    app.key("shift+End", "Delete", "Return")  # without what the file dialog completes
    app.wait(lambda: not any(role(node) in ("file chooser", "dialog", "frame") and node.get_name() == title and "showing" in states(node) and node != library.frame
                             and any(role(below) == "button" and below.get_name() in ("Open", "Select", "Save") for below in walk(node)) for node in walk(app.root)),
             "the file dialog to go")
