# SPDX-License-Identifier: GPL-3.0-or-later
"""The chat as a visitor has it: in a real browser, through the proxies that are shipped. What is checked stands in tests/web."""

import pytest

import liaison
import proxies
import shop

pytestmark = pytest.mark.skipif(not proxies.running(), reason="no browser: ./dev stack up")


@pytest.fixture
def make_shop(make_engine, tmp_path):
    """An engine, a proxy before its chat, and a company's site; with `sample` its telephones ring."""
    running = []

    def make(proxy="nginx", sample=False, **site):
        if sample:
            assert liaison.run("sample", "--data", tmp_path / "e" / "data")[0] == 0
        port = proxies.free_port()
        engine = make_engine(extra=["--chat", f"127.0.0.1:{port}", "--chat-proxy", "127.0.0.1"])
        engine.sign_in()
        front = proxies.Proxy(proxy, port)
        running.append(front)
        site = shop.Shop(engine, front.url, **site)
        running.append(site)
        engine.client.command("availability.set", {"state": "available", "reason": ""})
        return site

    yield make
    for part in reversed(running):
        part.stop()


def run(site, script, *arguments):
    program = proxies.Program("env", f"SHOP={site.url}", f"CHAT={site.chat}", "node", *arguments, f"tests/web/{script}")
    try:
        status, said = program.wait()
    finally:
        program.stop()
    assert status == 0, said


def test_widget_through_nginx(make_shop):
    run(make_shop(color="#ffd800", greeting="Hello!"), "widget.js", "--test-reporter=spec")


def test_page_trail(make_shop):
    run(make_shop(page_trail=True), "trail.js", "--test-reporter=spec")


def test_files(make_shop):
    run(make_shop(), "files.js", "--test-reporter=spec")


def test_widget_through_caddy(make_shop):
    run(make_shop("caddy", color="#ffd800"), "widget.js", "--test-reporter=spec", "--test-name-pattern=at once|lost|waiting calls|killed")


def test_calls_through_nginx(make_shop):
    run(make_shop(sample=True, color="#ffd800"), "calls.js", "--test-reporter=spec")


def test_when_all_is_said(make_shop):
    run(make_shop(), "after.js", "--test-reporter=spec")


def test_answers_before_the_first_message(make_shop):
    run(make_shop(self_service=True), "answers.js", "--test-reporter=spec")
