# SPDX-License-Identifier: GPL-3.0-or-later
"""src/wire/API.md names every call and command of the engine's tables, and no others."""

import pathlib
import re
import subprocess

import liaison

API = pathlib.Path(__file__).resolve().parents[2] / "src/wire/API.md"


def test_every_call_and_command_is_described():
    listed = subprocess.run([liaison.ENGINE, "--list-interface"], capture_output=True, text=True, check=True).stdout.split("\n")
    described = re.findall(r"^### (.+)$", API.read_text(), re.MULTILINE)
    described.remove("Objects")

    assert sorted(described) == sorted(filter(None, listed))
    assert len(described) == len(set(described))
