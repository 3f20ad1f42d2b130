# SPDX-License-Identifier: GPL-3.0-or-later
"""A company's web site with the chat, for a browser; what its pages' tests ask of the agents' side goes through it, too."""

import base64
import contextlib
import http.server
import json
import threading
import time

import liaison

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example shop</title><script async src="{chat}/chat/widget/loader.js?site=shop"></script></head>
<body><h1>Example shop</h1><p><a href="/">Products</a></p></body></html>"""


class Shop:
    """
    `engine` takes its chats at `chat`, the address that browsers use. Its page is strict: what is not named here no script of ours may do.
    Below /test/ is the agents' side: `GET /test/v1/…` is the engine's answer, `POST /test/command` makes one, `POST /test/kill` kills it.
    """

    def __init__(self, engine, chat, **site):
        self.engine = engine
        self.chat = chat
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, body, kind="application/json", **headers):
                data = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                if self.path.startswith("/test/v1/"):
                    self.answer(shop.engine.client.get(self.path.removeprefix("/test")))
                elif self.path.startswith("/test/"):
                    self.send_error(404)
                else:
                    lang = self.path.strip("/") or "en"
                    policy = f"default-src 'none'; script-src {shop.chat}; frame-src {shop.chat}; base-uri 'none'"
                    page = PAGE.format(lang=lang, dir="rtl" if lang == "ar" else "ltr", chat=shop.chat)
                    self.answer(page, "text/html; charset=utf-8", Content_Security_Policy=policy, Cache_Control="no-store")

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
                self.answer(shop.do(self.path.removeprefix("/test/"), asked))

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.site = engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Example shop", "origins": [self.url],
                                                          **site})["d"]["channel"]

    def do(self, what, asked):
        if what == "command":
            return self.engine.client.command(asked.pop("k"), asked.pop("d", {}), **asked)
        if what == "typing":
            return self.engine.client.post(f"/v1/conversations/{asked['conv']}/typing", {})
        if what == "upload":
            return json.loads(self.engine.client.raw("PUT", "/v1/blobs", base64.b64decode(asked["content"]))[2])
        if what == "kill":
            self.engine.kill()
            time.sleep(asked.get("pause", 0))
            self.engine.start()
            with contextlib.suppress(liaison.Problem):
                self.engine.client.sign_in()
            return {}
        raise ValueError(what)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
