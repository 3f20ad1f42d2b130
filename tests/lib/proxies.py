# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of the root in which a browser, Node and the proxies are (tests/stack/door.js), and data/proxy as an administrator would use it."""

import contextlib
import http.client
import json
import pathlib
import random
import socket
import ssl
import threading
import time
import uuid

import mailstack
from patience import PATIENCE_S

TOP = pathlib.Path(__file__).resolve().parents[2]
THERE = "/liaison"  # this tree, in that root


def running():
    return mailstack.running() and "WEB" in mailstack.ports()


class Program:
    """One that runs there until it ends or stop() is called."""

    def __init__(self, *command):
        self.connection = http.client.HTTPConnection("127.0.0.1", mailstack.ports()["WEB"], timeout=600)
        self.connection.request("POST", "/", json.dumps([str(word) for word in command]))
        self.answer = self.connection.getresponse()
        self.lines = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
            for line in self.answer:
                self.lines.append(line.decode(errors="replace").rstrip("\n"))

    def wait(self, timeout=600):
        """Its status and what it said."""
        self.reader.join(timeout)
        assert self.lines and self.lines[-1].startswith("exit "), self.lines[-20:]
        return int(self.lines[-1].removeprefix("exit ")), "\n".join(self.lines[:-1])

    def stop(self):
        if self.connection.sock:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.reader.join(10)
        self.connection.close()


def free_port():
    """One that nobody gets who does not ask for it, also while who listens there is killed and started again: none of those that the kernel gives out."""
    while True:
        port = random.randrange(10000, 20000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def configure(name, port, chat, folder):
    """Changes of data/proxy/NAME what its first lines say is to be changed."""
    text = (TOP / "data/proxy" / name).read_text()
    certificate = f"{THERE}/_dev/stack/good"
    text = text.replace("127.0.0.1:8470", f"127.0.0.1:{chat}")
    if name == "Caddyfile":
        text = text.replace("chat.example.com {", f"https://localhost:{port} {{\n\ttls {certificate}.pem {certificate}.key")
        text = text.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers", 1)
    else:
        text = text.replace("chat.example.com;", "localhost;").replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
        text = text.replace("/etc/ssl/certs/chat.example.com.pem", certificate + ".pem").replace("/etc/ssl/private/chat.example.com.key", certificate + ".key")
        (folder / "nginx.conf").write_text(
            f"daemon off;\nworker_processes 1;\npid {THERE}/{folder.relative_to(TOP)}/pid;\nevents {{ worker_connections 4096; }}\n"
            # Each visitor of a test is one of the world's.
            "http {\n  access_log off;\n  set_real_ip_from 127.0.0.1;\n  real_ip_header X-Test-Address;\n" +
            "".join(f"  {kind}_temp_path /tmp/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")) +
            f"  include {THERE}/{folder.relative_to(TOP)}/site.conf;\n}}\n")
    (folder / ("Caddyfile" if name == "Caddyfile" else "site.conf")).write_text(text)


class Proxy:
    """nginx or caddy, before the chat listener at that port; its own port is `port`, with TLS."""

    def __init__(self, kind, chat):
        self.port = free_port()
        folder = TOP / "_dev/stack/web" / uuid.uuid4().hex[:8]
        folder.mkdir(parents=True)
        configure("Caddyfile" if kind == "caddy" else "nginx.conf", self.port, chat, folder)
        place = f"{THERE}/{folder.relative_to(TOP)}"
        if kind == "caddy":
            self.program = Program("caddy", "run", "--config", f"{place}/Caddyfile", "--adapter", "caddyfile")
        else:
            self.program = Program("nginx", "-e", "stderr", "-c", f"{place}/nginx.conf")
        self._wait()

    def _wait(self):
        end = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            assert time.monotonic() < end and self.program.reader.is_alive(), self.program.lines
            time.sleep(0.05)

    @property
    def url(self):
        return f"https://localhost:{self.port}"

    def connect(self, timeout=PATIENCE_S):
        """A raw connection through TLS."""
        context = ssl.create_default_context(cadata=mailstack.authority())
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout), server_hostname="localhost")

    def stop(self):
        self.program.stop()
