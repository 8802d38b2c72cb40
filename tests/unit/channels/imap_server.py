"""An IMAP server on loopback (RFC 3501, with MOVE and IDLE), as far as a mailbox's reader needs one; faults can be lined up."""

import re
import socket
import socketserver
import threading


class ImapServer:
    """One account with folders. `mails` are [raw, flags] by folder; UIDs are given once and never again."""

    def __init__(self, *, username="shop", password="secret", move=True, idle=False):
        self.username, self.password = username, password
        self.folders = {"INBOX": {}, "Answered": {}}
        self.capabilities = "IMAP4rev1" + (" MOVE" if move else "") + (" IDLE" if idle else "")
        self.idling = set()
        self.drop_after = None  # commands after which the line is cut
        self.commands = []
        self._uid = 0
        self._lock = threading.Lock()
        self._server = None

    def put(self, raw, *, folder="INBOX", flags=()):
        """Let a mail arrive; its UID."""
        with self._lock:
            self._uid += 1
            self.folders[folder][self._uid] = [raw, set(flags)]
            for session in self.idling:
                session.tell()
            return self._uid

    def flags(self, uid, folder="INBOX"):
        return self.folders[folder][uid][1]

    def __enter__(self):
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                _Session(outer, self.rfile, self.wfile, self.connection).run()

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        return f"imap://{self.username}:{self.password}@127.0.0.1:{self.port}/INBOX"


class _Session:
    def __init__(self, server, reading, writing, connection):
        self._server, self._reading, self._writing = server, reading, writing
        self._connection = connection
        self._folder = None
        self._known = False

    def _say(self, line):
        self._writing.write(line.encode() + b"\r\n")
        self._writing.flush()

    def run(self):
        self._say("* OK ready")
        while line := self._reading.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self._server.commands.append(rest if not rest.startswith("LOGIN") else "LOGIN")
            if self._server.drop_after is not None:
                self._server.drop_after -= 1
                if self._server.drop_after < 0:
                    return
            verb, _, arguments = rest.partition(" ")
            if verb.upper() == "LOGOUT":
                self._say("* BYE now")
                self._say(f"{tag} OK bye")
                return
            answer = getattr(self, f"_{verb.lower()}", lambda _: "BAD unknown")(arguments)
            if answer is None:  # the line has gone
                return
            self._say(f"{tag} {answer}")

    def tell(self):
        """Say how many mails there are now."""
        self._say(f"* {len(self._folder)} EXISTS")

    def cut(self):
        """End the line without a word."""
        self._connection.shutdown(socket.SHUT_RDWR)

    def _idle(self, _):
        with self._server._lock:
            self._say("+ idling")
            self._say("* OK Still here")
            self._server.idling.add(self)
        done = self._reading.readline()
        self._server.idling.discard(self)
        return "OK done" if done.strip() == b"DONE" else None

    def _capability(self, _):
        self._say(f"* CAPABILITY {self._server.capabilities}")
        return "OK done"

    def _noop(self, _):
        return "OK done"

    def _login(self, arguments):
        quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)
        self._known = quoted == [self._server.username, self._server.password]
        return "OK done" if self._known else "NO wrong"

    def _select(self, arguments):
        name = arguments.strip('"')
        if not self._known or name not in self._server.folders:
            return "NO no such folder"
        self._folder = self._server.folders[name]
        self._say(f"* {len(self._folder)} EXISTS")
        return "OK [READ-WRITE] open"

    def _expunge(self, _):
        return "OK done"

    def _uid(self, arguments):
        if self._folder is None:
            return "BAD no folder"
        verb, _, rest = arguments.partition(" ")
        return getattr(self, f"_uid_{verb.lower()}")(rest)

    def _uid_search(self, criteria):
        assert criteria.upper() == "UNSEEN", criteria
        with self._server._lock:
            found = [str(uid) for uid, (_, flags) in self._folder.items() if "\\Seen" not in flags]
        self._say(f"* SEARCH {' '.join(found)}".rstrip())
        return "OK done"

    def _uid_fetch(self, arguments):
        uid, _, items = arguments.partition(" ")
        if int(uid) not in self._folder:
            return "OK done"
        raw, flags = self._folder[int(uid)]
        if "RFC822.SIZE" in items:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})")
        else:
            if "PEEK" not in items:
                flags.add("\\Seen")
            self._writing.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode())
            self._writing.write(raw + b")\r\n")
        return "OK done"

    def _uid_store(self, arguments):
        uid, action, flags = arguments.split(" ", 2)
        assert action == "+FLAGS"
        self._folder[int(uid)][1].update(flags.strip("()").split())
        return "OK done"

    def _uid_move(self, arguments):
        uid, _, folder = arguments.partition(" ")
        name = folder.strip('"')
        if name not in self._server.folders:
            return "NO [TRYCREATE] no such folder"
        self._server.folders[name][int(uid)] = self._folder.pop(int(uid))
        return "OK done"

    def _uid_copy(self, arguments):
        uid, _, folder = arguments.partition(" ")
        raw, flags = self._folder[int(uid)]
        self._server.put(raw, folder=folder.strip('"'), flags=flags)
        return "OK done"
