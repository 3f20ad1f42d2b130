# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of a window, over the accessibility bus (AT-SPI 2).

Not through libatspi, which asks for each fact of each node by itself and waits for it: a window of 671 nodes takes it 4.5 s where the sanitizers are. Here there
is one question for all names, roles, states and numbers of children, then those that have children are asked for them, at once all that were there last time.
"""

import collections
import json
import re

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Atspi, Gio, GLib, Json  # noqa: E402

from patience import PATIENCE_S  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
EDITABLE_TEXT = "org.a11y.atspi.EditableText"
TEXT = "org.a11y.atspi.Text"
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
NOTHING = "/org/a11y/atspi/null"

MOST_CHILDREN, DEEPEST = 500, 60
LABELLED_BY = 2  # AtspiRelationType

Facts = collections.namedtuple("Facts", "name role states n_children")


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    (address,) = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, PATIENCE_S * 1000, None)
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


bus = connect()


def unpack(variant):
    """Of strings and numbers alone: what the variant's own unpack() does takes longer than to ask."""
    return json.loads(Json.gvariant_serialize_data(variant)[0])


def unpack_nodes(variant):
    """Of the only thing that is asked so often that it counts: names on the bus and paths have nothing in them that is quoted."""
    return [Node(owner, path) for owner, path in re.findall(r"'([^']+)', (?:objectpath )?'([^']+)'", variant.print_(False))]


def call(owner, path, interface, method, arguments=None):
    return bus.call_sync(owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, PATIENCE_S * 1000, None)


def ask(*arguments):
    """What is answered, as a tuple."""
    return call(*arguments).unpack()


def ask_all(nodes, interface, method, unpack):
    """What each answers, at once; None of one that has vanished meanwhile."""
    answers = [None] * len(nodes)
    waiting = len(nodes)

    def on_answer(_, result, index):
        nonlocal waiting
        waiting -= 1
        try:
            answers[index] = unpack(bus.call_finish(result))
        except GLib.Error:
            pass

    for index, node in enumerate(nodes):
        bus.call(node.owner, node.path, interface, method, None, None, Gio.DBusCallFlags.NONE, PATIENCE_S * 1000, None, on_answer, index)
    while waiting:
        GLib.MainContext.default().iteration(True)
    return answers


def names_of_states(bits):
    return {Atspi.StateType(number).value_nick for number in range(64) if bits[number // 32] >> number % 32 & 1}


class Node:
    """One of a program's. It is asked each time, except while `walk` stands at it."""

    def __init__(self, owner, path):
        self.owner, self.path = owner, path
        self.facts = None

    def __eq__(self, other):
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def ask(self, interface, method, arguments=None):
        return ask(self.owner, self.path, interface, method, arguments)

    def get(self, interface, name):
        return self.ask("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (interface, name)))[0]

    def get_name(self):
        return self.facts.name if self.facts else self.get(ACCESSIBLE, "Name")

    def get_description(self):
        return self.get(ACCESSIBLE, "Description")

    def get_role_name(self):
        role = self.facts.role if self.facts else self.ask(ACCESSIBLE, "GetRole")[0]
        return Atspi.role_get_name(Atspi.Role(role))

    def get_states(self):
        return names_of_states(self.facts.states if self.facts else self.ask(ACCESSIBLE, "GetState")[0])

    def get_process_id(self):
        return ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID", GLib.Variant("(s)", (self.owner,)))[0]

    def get_parent(self):
        owner, path = self.get(ACCESSIBLE, "Parent")
        return None if path in (NOTHING, ROOT) else Node(owner, path)

    def count_children(self):
        return self.get(ACCESSIBLE, "ChildCount")

    def get_children(self):
        return [Node(owner, path) for owner, path in self.ask(ACCESSIBLE, "GetChildren")[0]]

    def is_labelled(self):
        """By another node."""
        return any(kind == LABELLED_BY for kind, _ in self.ask(ACCESSIBLE, "GetRelationSet")[0])

    def has_actions(self):
        return ACTION in self.ask(ACCESSIBLE, "GetInterfaces")[0]

    def do_action(self, index):
        return self.ask(ACTION, "DoAction", GLib.Variant("(i)", (index,)))[0]

    def get_text(self):
        return self.ask(TEXT, "GetText", GLib.Variant("(ii)", (0, -1)))[0]

    def set_text(self, text):
        return self.ask(EDITABLE_TEXT, "SetTextContents", GLib.Variant("(s)", (text,)))[0]

    def get_extents(self):
        """(x, y, width, height), within its window."""
        return self.ask(COMPONENT, "GetExtents", GLib.Variant("(u)", (Atspi.CoordType.WINDOW,)))[0]


def programs():
    """The topmost node of each that can be seen by screen readers."""
    return Node(REGISTRY, ROOT).get_children()


def walk(top):
    """The node and all below it. What vanishes while one looks is left out."""
    facts = facts_of_all(top.owner)
    below = find_below(top, facts)
    if any(child.path not in facts for children in below.values() for child in children):
        facts = facts_of_all(top.owner)  # nobody had asked for them before

    def go(node):
        node.facts = facts.get(node.path)
        if node.facts is None and node != top:
            return
        try:
            yield node
        finally:
            node.facts = None
        for child in below.get(node, []):
            yield from go(child)

    yield from go(Node(top.owner, top.path))


remembered = {}  # {node: its children}, as they were when it was last asked; it says whom to ask at once, and nothing else


def find_below(top, facts):
    """{node: its children}, of those that have any"""
    below, asked = {}, [top, *find_remembered(top, facts)]
    for _ in range(DEEPEST):
        answers = ask_all(asked, ACCESSIBLE, "GetChildren", unpack_nodes)
        below.update((node, (children or [])[:MOST_CHILDREN]) for node, children in zip(asked, answers, strict=True))
        asked = [child for node in asked for child in below[node] if child not in below and may_have_children(child, facts)]
        if not asked:
            break
    remembered.update(below)
    return below


def find_remembered(top, facts):
    """Those below that had children when they were last asked, and are still there."""
    found = []
    for child in remembered.get(top, []):
        if child.path in facts and may_have_children(child, facts):
            found += [child, *find_remembered(child, facts)]
    return found


def may_have_children(node, facts):
    known = facts.get(node.path)
    return known is None or known.n_children > 0


def facts_of_all(owner):
    """{path: facts} of the nodes that somebody has asked for before."""
    (items,) = unpack(call(owner, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems"))
    return {item[0][1]: Facts(name=item[6], role=item[7], states=item[9], n_children=item[4]) for item in items}


class Listener:
    """Calls `hear` with the node and what it says, for each event of this kind, as "Announcement" or "StateChanged"."""

    def __init__(self, kind, hear, detail=None):
        # An event: (detail, first number, second number, value, more).
        self.subscription = bus.signal_subscribe(
            None, "org.a11y.atspi.Event.Object", kind, None, detail, Gio.DBusSignalFlags.NONE,
            lambda _, sender, path, interface, signal, event: hear(Node(sender, path), event.unpack()))
        ask(REGISTRY, "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent", GLib.Variant("(sass)", (f"Object:{kind}:{detail or ''}", [], "")))

    def stop(self):
        bus.signal_unsubscribe(self.subscription)


def hear_events():
    while GLib.MainContext.default().iteration(False):
        pass
