# SPDX-License-Identifier: GPL-3.0-or-later
"""What administrators set up for everybody, in the preferences."""

import names
from liaison_app import states, walk


def set_text(app, name, text):
    app.find(contains=name, role_name="text").set_text(text)


def is_open(app, name):
    return app.look(contains=name, role_name="text") is not None


def test_a_colleagues_telephone(make_app, tmp_path):
    app = make_app(style="dark")
    app.press("Look Around with Sample Data")
    app.find(contains="Sample data")
    client = app.client("sample")
    ben = client.command("agent.save", {"name": "Ben Ortiz"})["d"]["agent"]
    app.key("ctrl+comma")
    app.find(contains="Preferences", role_name="dialog")
    app.wait(lambda: [node for node in walk(app.root) if node.get_name() == "Phone" and node.has_actions() and node.do_action(0)], "the page")
    app.find("Colleagues")
    app.picture(tmp_path / "page.png")
    app.wait(lambda: (focused := app.focused()) is not None and "Ben Ortiz" in focused.get_name() or app.key("Tab"), "the focus on Ben")
    app.key("Return")
    app.find(contains="There is none: the telephone on the desk is used")
    set_text(app, "Telephone (Such as", "PJSIP/ben")
    set_text(app, "Extension, by Which", "204")
    app.picture(tmp_path / "colleague.png")
    assert names.find_nameless(app.root) == []

    app.press("Change…")
    app.find("Extension or User Name", "text")
    set_text(app, "Server", "pbx.example.org")
    set_text(app, "Extension or User Name", "ben")
    assert len(buttons(app)) == 1, "without a password there is nothing to save in front"
    set_text(app, "Password", "s3cret-word")
    save(app)
    app.wait(lambda: not is_open(app, "Password"), "the account's dialog to close")
    app.find(contains="ben@pbx.example.org")
    assert client.get(f"/v1/phone/account?agent={ben}")["secret"] == ""
    save(app)
    app.wait(lambda: not is_open(app, "Telephone (Such as"), "the dialog to close")
    app.find(contains="204 · PJSIP/ben")
    agent = next(agent for agent in client.get("/v1/snapshot")["agents"] if agent["id"] == ben)
    assert (agent["phone"], agent["extension"], agent["member"]) == ("PJSIP/ben", "204", "")


def test_what_only_administrators_change(make_app):
    """What stands below everybody's messages is read by all."""
    app = make_app()
    app.press("Look Around with Sample Data")
    app.find(contains="Sample data")
    client = app.client("sample")
    me = client.get("/v1/snapshot")["me"]
    client.command("agent.save", {"name": "Ben Ortiz", "role": "admin"})
    client.command("agent.save", {"agent": me["id"], "name": me["name"], "role": "agent"})
    app.wait(lambda: not app.look("Wallboard"), "an agent's window")
    app.key("ctrl+comma")
    app.find(contains="Preferences", role_name="dialog")
    app.wait(lambda: [node for node in walk(app.root) if node.get_name() == "Writing" and node.has_actions() and node.do_action(0)], "the page")
    app.find(contains="An administrator of this workspace can change it.")
    assert "editable" not in states(app.find("Signature", "text"))


def save(app):
    """That of the dialog in front, which comes last."""
    app.wait(lambda: buttons(app), "Save")[-1].do_action(0)


def buttons(app):
    return [node for node in walk(app.root) if node.get_name() == "Save" and node.get_role_name() == "button" and {"showing", "sensitive"} <= states(node)]
