# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a customer said to an issue, as the window does it: capture, look, send, wait."""

import contextlib
import json

import pytest

import liaison
import tracker
from patience import PATIENCE_S, until


def refuse(problem_kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == problem_kind, problem.value
    return problem.value.body


def set_up(client, at=None, **fields):
    d = {"kind": "redmine", "name": "Shop", "url": at or tracker.url(), "project": "shop", "near": True, "token": tracker.LIAISON, **fields}
    return client.command("tracker.set", d)["d"]["tracker"]


def capture(client, title="The total is wrong", text="@bob it is not what we agreed, says Ann Lee", conversation=None, **fields):
    d = {"kind": "bug", "title": title, "text": text, **fields}
    return client.command("finding.capture", d, conv=conversation or client.new_conversation())["d"]["finding"]


def upload(client, content, kind="application/octet-stream"):
    status, _, answer = client.raw("PUT", "/v1/blobs", content, {"Content-Type": kind})
    assert status == 201, answer
    return json.loads(answer)["blob"]


def preview(client, finding, to, **fields):
    return client.post(f"/v1/findings/{finding}/preview", {"tracker": to, **fields})


def push(client, finding, to, shown=None, **fields):
    shown = shown or preview(client, finding, to)
    d = {name: shown[name] for name in ("title", "source", "marker", "keep", "hide", "files", "hash")}
    return client.command("finding.push", {"finding": finding, "tracker": to, **d, **fields})["d"]["push"]


def hurry(client, pushed):
    """Tries now what waits, unless it has just been tried by itself."""
    with contextlib.suppress(liaison.Problem):
        client.command("push.retry", {"push": pushed})


def ledger(client, finding):
    return client.get(f"/v1/pushes?finding={finding}")["rows"]


def wait_until(what, seconds=2 * PATIENCE_S):
    found = until(what, seconds)
    assert found
    return found


def wait_for(client, finding, state):
    return wait_until(lambda: next((row for row in ledger(client, finding)[:1] if row["state"] == state), None))
