"""A mail server on a loopback port, to be stopped and started, that says what it is told to."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self, cast

from tests.services import LOOPBACK, free_port


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        site = cast("Listener", self.server).site
        self.say(site.answer("CONNECT", "") or "220 here")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            said = site.answer(verb.upper(), rest)
            if said == "":
                return  # it hangs up
            if verb.upper() == "DATA" and said is None:
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                text = b"".join(
                    one.removeprefix(b".") if one[:2] == b".." else one for one in lines
                )
                site.took(text)
            self.say(said or "250 fine")
            if verb.upper() == "QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, site: MailServer) -> None:
        self.site = site
        super().__init__((LOOPBACK, site.port), Conversation)


class MailServer:
    """`says` holds answers to lines that begin so, such as "RCPT TO:<a@b>"; "" hangs up."""

    def __init__(self) -> None:
        self.port = free_port()
        self.says: dict[str, str] = {}
        self.mails: list[EmailMessage] = []
        self.listener: Listener | None = None

    def answer(self, verb: str, rest: str) -> str | None:
        line = f"{verb} {rest}".strip()
        return next((said for start, said in self.says.items() if line.startswith(start)), None)

    def took(self, text: bytes) -> None:
        self.mails.append(cast("EmailMessage", message_from_bytes(text, policy=policy.default)))

    @property
    def told(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]

    def start(self) -> None:
        self.listener = Listener(self)
        threading.Thread(target=self.listener.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self.listener:
            self.listener.shutdown()
            self.listener.server_close()
        self.listener = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()
