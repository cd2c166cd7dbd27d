"""The door to the mail server that the installation names: smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from django.conf import settings

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PATIENCE = 20  # seconds for each answer of the server
LONGEST_REFUSAL = 500


class MailRefused(Exception):
    """The server, or the way to it, did not take the message; says what it said."""


@dataclass(frozen=True, slots=True)
class MailServer:
    scheme: str
    host: str
    port: int
    username: str
    password: str
    sender: str

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """Raises MailRefused where it does not let us in."""
        try:
            kind = smtplib.SMTP_SSL if self.scheme == "smtps" else smtplib.SMTP
            connection = kind(self.host, self.port, timeout=PATIENCE)
            if self.scheme == "smtp+starttls":
                connection.starttls()
            if self.username:
                connection.login(self.username, self.password)
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(_words(error)) from error
        try:
            yield connection
        finally:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def send(self, connection: smtplib.SMTP, to: str, subject: str, text: str) -> None:
        """Raises MailRefused."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = to
        message["Subject"] = subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            connection.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise MailRefused(_words(error)) from error


def read_mail_server() -> MailServer | None:
    """As PORTAL_SMTP and PORTAL_MAIL_FROM say it; None where they do not."""
    parts = urlsplit(settings.PORTAL_SMTP)
    if parts.scheme not in PORTS or not parts.hostname or not settings.MAIL_FROM:
        return None
    return MailServer(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        settings.MAIL_FROM,
    )


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {text}"[:LONGEST_REFUSAL]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [
            f"{code} {words.decode(errors='replace')}"
            for code, words in error.recipients.values()
        ]
        return " ".join(answers)[:LONGEST_REFUSAL]
    return (str(error) or type(error).__name__)[:LONGEST_REFUSAL]
