from __future__ import annotations

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.mime.nonmultipart import MIMENonMultipart
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse


def address(view: str, *args: object) -> str:
    """A page's whole address, for use in a mail."""
    return f"{settings.BASE_URL}{reverse(view, args=args)}"


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with a mail; `kind` and `more` are its type: text/<kind>; <more>."""

    name: str
    text: str
    kind: str
    more: tuple[tuple[str, str], ...] = ()

    @property
    def part(self) -> MIMENonMultipart:
        found = MIMENonMultipart("text", self.kind)
        for name, value in self.more:
            found.set_param(name, value)
        found.set_payload(self.text, charset="utf-8")
        found.add_header("Content-Disposition", "attachment", filename=self.name)
        return found


class NotSent(Exception):
    """Said in a sentence for whoever looks after the round.

    Of its own it may be tried a few times: perhaps the mail arrived, and its answer did not.
    """

    may_pass = False
    would_fail_again = False


class NotTakenNow(NotSent):
    """The server is away, or takes nothing for the moment: no fault of the mail’s."""

    may_pass = True


class MailRefused(NotSent):
    would_fail_again = True


# A server that lets its callers wait would otherwise keep every worker from its other work.
AWAY, AWAY_SECONDS = "mail_server_away", 120
LONGEST_ANSWER = 200


@dataclass(frozen=True)
class Mail:
    to: str
    context: dict[str, Any]
    attachments: Sequence[Attachment] = ()


def send(
    name: str, to: str, context: dict[str, Any], attachments: Sequence[Attachment] = ()
) -> None:
    """Send templates/emails/<name>.txt: its first line is the subject, the rest the text."""
    send_each(name, [Mail(to, context, attachments)])


def send_each(name: str, mails: Iterable[Mail]) -> None:
    """The same mail to several people; one who cannot be reached keeps it from nobody else."""
    sent, troubles = 0, []
    for mail in mails:
        try:
            _hand_over(_composed(name, mail))
        except NotSent as trouble:
            troubles.append(trouble)
        else:
            sent += 1
    if not troubles:
        return
    said = " ".join(dict.fromkeys(map(str, troubles)))
    if all(trouble.would_fail_again for trouble in troubles):
        raise MailRefused(said)
    # Were it to wait for days, whoever has it would get it again at every try.
    if not sent and any(trouble.may_pass for trouble in troubles):
        raise NotTakenNow(said)
    raise NotSent(said)


def _hand_over(mail: EmailMessage) -> None:
    """What goes wrong before the mail itself is spoken of concerns every mail, and may pass."""
    if said := cache.get(AWAY):
        raise NotTakenNow(said)
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib’s own are among them
        said = f"The mail server cannot be reached: {_words(error)}."
        if TimeoutError in {type(error), type(error.__context__)}:
            cache.set(AWAY, said, AWAY_SECONDS)
        raise NotTakenNow(said) from error
    try:
        server.send_messages([mail])
    except OSError as error:
        raise _trouble(error, mail.to[0]) from error
    finally:
        server.close()


def _trouble(error: OSError, to: str) -> NotSent:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        error = smtplib.SMTPResponseException(code, text)
    if not isinstance(error, smtplib.SMTPResponseException):
        return NotSent(f"The mail server broke off during the mail to {to}: {_words(error)}.")
    # Who we are is the same for every mail.
    if error.smtp_code < 500 or isinstance(error, smtplib.SMTPSenderRefused):
        return NotTakenNow(f"The mail server does not take the mail to {to} now: {_words(error)}.")
    return MailRefused(
        f"The mail server refuses the mail to {to}: {_words(error)}. Tell them in another way. If "
        "the address is wrong, invite them with the right one under People, then try again."
    )


def _words(error: OSError) -> str:
    """Of a server that may say anything."""
    said = str(error.strerror or error)
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        text = text.decode(errors="replace") if isinstance(text, bytes) else text
        said = f"{error.smtp_code} {text}"
    return " ".join(said.split())[:LONGEST_ANSWER].rstrip(".")


def _composed(name: str, mail: Mail) -> EmailMessage:
    text = render_to_string(f"emails/{name}.txt", mail.context)
    subject, _, body = text.strip().partition("\n")
    # A line break in a subject would start a header of its own.
    found = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[mail.to])
    for attachment in mail.attachments:
        found.attach(attachment.part)
    return found
