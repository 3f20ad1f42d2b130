# SPDX-License-Identifier: GPL-3.0-or-later
"""Liaison's own telephone, as a process: phone-peer.c says what it understands and what it says."""

import os
import subprocess
import threading

import mailstack
from patience import PATIENCE_S

PROGRAM = os.environ.get("LIAISON_PHONE_PEER", "_dev/build/tests/phone/phone-peer")


def available():
    return os.access(PROGRAM, os.X_OK)


class SoftPhone:
    def __init__(self, user, tone, secret="secret", server="127.0.0.1", port=None, transport="udp", authority=None):
        port = port or mailstack.ports()["SIPS" if transport == "tls" else "SIP"]
        command = [PROGRAM, f"--server={server}", f"--port={port}", f"--transport={transport}", f"--user={user}", f"--secret={secret}", f"--tone={tone}"]
        if authority:
            command.append(f"--authority={authority}")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said = []
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.said.append(line.strip())
                self.changed.notify_all()

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def says(self, start, after=0, timeout=PATIENCE_S):
        """Waits for a line that begins like this among those from `after` on, and returns the rest of it."""
        def found():
            return next((line for line in self.said[after:] if line.startswith(start)), None)

        with self.changed:
            assert self.changed.wait_for(found, timeout), f"no “{start}” in {self.said}"
            return found()[len(start):].strip()

    def hears(self, tone, timeout=PATIENCE_S):
        """Waits until this tone is what it hears now; 0 is silence."""
        def now():
            return next((line for line in reversed(self.said) if line.startswith("heard ")), "heard 0") == f"heard {tone}"

        with self.changed:
            assert self.changed.wait_for(now, timeout), f"hears no {tone} Hz: {self.said}"

    def mark(self):
        return len(self.said)

    def close(self):
        if self.process.poll() is None:
            try:
                self.tell("quit")
                self.process.wait(PATIENCE_S)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
