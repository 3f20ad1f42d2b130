# SPDX-License-Identifier: GPL-3.0-or-later
"""Links to telephone numbers from outside: whatever a page on the web makes of them, a number is at most proposed."""

import subprocess

import pytest

from liaison_app import BUILD, TOP, text_of
from patience import PATIENCE_S

NO_NUMBER = "The link has no telephone number that can be called"


def follow(app, uri):
    """As a browser does: another start, which hands the link to the app that is there."""
    subprocess.run([TOP / "tools/run-app", BUILD, uri], env=app.env, check=True, timeout=PATIENCE_S)


def test_a_link_starts_the_app(make_app):
    app = make_app("--sample", "tel:+49-30-123%2045;ext=4")
    app.find("New Call")
    assert text_of(app.find(contains="Number or Name", role_name="text")) == "+49-30-123 45"


@pytest.mark.parametrize("uri", ["tel:0800-FLOWERS", "tel:" + "1" * 5000, "tel:%00%ff", "tel:sip%3Aann@example.org"])
def test_junk(make_app, uri):
    app = make_app("--sample")
    app.find(contains="Sample data")
    follow(app, uri)
    app.find(NO_NUMBER)
    assert app.look("New Call") is None
    follow(app, "tel:112")
    app.find("New Call")
