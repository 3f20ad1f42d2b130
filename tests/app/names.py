# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility lint: what can get the keyboard focus has to say what it is."""

from gi.repository import GLib

from liaison_app import role, states, walk

# A frame's title is its window's business; these hold others that have names.
CONTAINERS = {"frame", "window", "application", "scroll pane", "viewport", "panel", "filler", "page tab list", "list", "table", "grid", "group"}

PRESSED = {"button", "toggle button", "check box", "radio button", "combo box", "link", "menu item", "switch"}


def find_nameless(root):
    """Paths of what can be focused or pressed and has no name."""
    found = []
    for node in walk(root):
        try:
            if is_nameless(node):
                found.append(path_of(node))
        except GLib.Error:
            pass  # it went away while we looked: a call changes what is shown
    return found


def is_nameless(node):
    state = states(node)
    if "showing" not in state or role(node) in CONTAINERS:
        return False
    if not {"focusable", "editable"} & state and role(node) not in PRESSED:
        return False
    return not (node.get_name() or node.get_description()) and not labelled(node)


def labelled(node):
    """By a label beside it, or by the text that it holds."""
    if node.is_labelled():
        return True
    return role(node) != "button" and any(child.get_name() for child in walk(node))


def path_of(node):
    steps = []
    while node is not None and len(steps) < 8:
        steps.append(f"{role(node)} “{node.get_name()}”")
        node = node.get_parent()
    return " < ".join(steps)
