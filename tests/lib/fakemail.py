# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail servers that do what real ones rarely do: a plain IMAP server without any extension, an SMTP server that fails where it is told to, and
a way to a real server that can die without a word."""

import socket
import ssl
import threading
import time

import mailstack


class Server:
    def __init__(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(mailstack.DIRECTORY / "good.pem", mailstack.DIRECTORY / "good.key")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        try:
            connection = self.context.wrap_socket(connection, server_side=True)
            self.connections.append(connection)
            self.talk(connection, connection.makefile("rb"))
        except (OSError, ssl.SSLError):
            pass
        connection.close()

    def cut(self):
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.connections.clear()


class Imap(Server):
    """IMAP4rev1 and nothing else: no IDLE, no CONDSTORE, no UIDPLUS, no ESEARCH, no SPECIAL-USE. One INBOX, one folder of sent mail."""

    def __init__(self, capabilities=""):
        self.capabilities = capabilities
        self.folders = {"INBOX": {}, "Sent Items": {}}  # uid -> [bytes, flags]
        self.uidvalidity = 1
        self.uidnext = 1
        self.commands = []
        super().__init__()

    def add(self, message, folder="INBOX"):
        self.folders[folder][self.uidnext] = [message, ""]
        self.uidnext += 1

    def talk(self, connection, lines):
        folder, shown = None, []
        connection.sendall(b"* OK IMAP4rev1 ready\r\n")
        for line in lines:
            tag, _, rest = line.decode().strip().partition(" ")
            self.commands.append(rest)
            verb = rest.upper()
            answer = "OK done"
            out = []
            if verb == "CAPABILITY":
                out.append(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN {self.capabilities}".strip())
            elif verb.startswith("AUTHENTICATE"):
                connection.sendall(b"+ \r\n")
                lines.readline()
            elif verb.startswith("LIST"):
                out += [f'* LIST () "/" "{name}"' for name in self.folders]
            elif verb.startswith("SELECT"):
                folder = self.folders[rest.split('"')[1]]
                shown = sorted(folder)
                out += [f"* {len(shown)} EXISTS", f"* OK [UIDVALIDITY {self.uidvalidity}] x", f"* OK [UIDNEXT {self.uidnext}] x"]
            elif verb.startswith("APPEND"):
                size = int(rest.rsplit("{", 1)[1].rstrip("}"))
                connection.sendall(b"+ go\r\n")
                self.add(lines.read(size), rest.split('"')[1])
                lines.readline()
            elif verb.startswith("UID SEARCH HEADER"):
                wanted = rest.split('"')[1].encode()
                out.append("* SEARCH " + " ".join(str(uid) for uid in folder if wanted in folder[uid][0]))
            elif verb.startswith("UID SEARCH"):
                out.append("* SEARCH " + " ".join(map(str, sorted(folder))))
            elif verb.startswith("UID FETCH"):
                self.fetch(connection, folder, shown, rest)
            elif verb == "NOOP":
                for uid in [uid for uid in shown if uid not in folder]:
                    out.append(f"* {shown.index(uid) + 1} EXPUNGE")
                    shown.remove(uid)
                new = sorted(set(folder) - set(shown))
                shown += new
                out += [f"* {len(shown)} EXISTS"] if new else []
            connection.sendall("".join(line + "\r\n" for line in out + [f"{tag} {answer}"]).encode())

    def fetch(self, connection, folder, shown, command):
        numbers = set()
        highest = max(folder, default=0)
        for part in command.split()[2].split(","):
            first, _, last = part.partition(":")
            last = highest if last == "*" else int(last or first)
            numbers |= set(range(min(int(first), last), max(int(first), last) + 1))
        for uid in sorted(set(folder) & numbers):
            message, flags = folder[uid]
            number = sorted(folder).index(uid) + 1
            if "BODY.PEEK" in command:
                head = f'* {number} FETCH (UID {uid} FLAGS ({flags}) INTERNALDATE "{time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime())}" BODY[] {{{len(message)}}}\r\n'
                connection.sendall(head.encode() + message + b")\r\n")
            elif "RFC822.SIZE" in command:
                connection.sendall(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(message)})\r\n".encode())
            else:
                connection.sendall(f"* {number} FETCH (UID {uid} FLAGS ({flags}))\r\n".encode())


class Smtp(Server):
    """`fail` says where, and how: {"mail": "451 …"}, rcpt, data, dot; "drop-dot" closes after the final dot without a word."""

    def __init__(self, **fail):
        self.fail = fail
        self.taken = []
        super().__init__()

    def talk(self, connection, lines):
        connection.sendall(b"220 fake\r\n")
        for line in lines:
            verb = line.split(b" ")[0].strip().lower().decode()
            answer = self.fail.get(verb.split(":")[0], "250 ok")
            if verb == "ehlo":
                answer = "250-fake\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN"
            elif verb == "auth":
                answer = self.fail.get("auth", "235 ok")
            elif verb == "data" and "data" not in self.fail:
                connection.sendall(b"354 go\r\n")
                body = []
                while (text := lines.readline()) not in (b".\r\n", b""):
                    body.append(text[1:] if text.startswith(b".") else text)
                if not text:
                    return
                if self.fail.get("dot", "250").startswith("2") or "drop" in self.fail.get("dot", ""):
                    self.taken.append(b"".join(body))
                answer = self.fail.get("dot", "250 2.0.0 taken")
                if answer == "drop":
                    return
            connection.sendall(answer.encode() + b"\r\n")


class Proxy:
    """Hands everything on to a real server, until it is told to keep it: the connections stay open, as with a router that has forgotten them."""

    def __init__(self, port):
        self.target = port
        self.flowing = threading.Event()
        self.flowing.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.create_connection(("127.0.0.1", self.target))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self.hand_on, args=[source, target], daemon=True).start()

    def hand_on(self, source, target):
        try:
            while data := source.recv(65536):
                self.flowing.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
