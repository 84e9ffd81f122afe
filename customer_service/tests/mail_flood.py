"""Two hundred mails as they come in on a bad day, always the same ones, each with what should become of it."""

import base64
from dataclasses import dataclass, field
from email.message import EmailMessage

ADDRESS = "complaints@gate.example.com"
CHARSETS = {
    "gb18030": "水壶漏水，请处理",
    "gb2312": "水壶漏水",
    "big5": "水壺漏水",
    "utf-8": "水壶漏水 ☂",
    "utf-16": "水壶",
    "iso-2022-jp": "水漏れ",
    "koi8-r": "Чайник течёт",
    "windows-1252": "Kanne undicht – für Ünal",
}


@dataclass
class Letter:
    """A mail and its fate: new, answer (to the one named), note (kept, changes nothing), ignored or refused."""

    number: int
    kind: str
    raw: bytes
    fate: str
    to: int | None = None
    drops: list = field(default_factory=list)

    @property
    def mark(self):
        return mark(self.number)


def mark(number):
    """Return the word by which a mail is found again."""
    return f"MARK{number:04d}END"


def message_id(number):
    return f"<flood-{number}@customer.example.com>"


def sender(number):
    """Return one of thirty senders, so that none writes more than the host takes from one."""
    return f"Customer {number % 30} <c{number % 30}@flood{number % 30}.example.com>"


class Flood:
    """Writes the mails one after the other."""

    def __init__(self):
        self.letters = []

    def add(self, kind, fate, build, to=None):
        """Add a mail: ``build`` gets its number and returns its source."""
        number = len(self.letters)
        self.letters.append(Letter(number, kind, build(number), fate, to))
        return number

    def plain(self, number, who=None, **headers):
        """Return an ordinary mail."""
        letter = EmailMessage()
        given = {
            "From": sender(number if who is None else who),
            "To": ADDRESS,
            "Subject": f"Complaint {number}",
            "Date": "Mon, 05 Jan 2026 10:00:00 +0800",
            "Message-Id": message_id(number),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        for name, value in given.items():
            if value is not None:
                letter[name] = value
        letter.set_content(f"It leaks. {mark(number)}")
        return letter

    def new(self, kind, count, **headers):
        return [
            self.add(kind, "new", lambda number: self.plain(number, **headers).as_bytes())
            for _ in range(count)
        ]

    def answers(self, kind, threads, fate="answer", **headers):
        """Add an answer of its own sender to each of these mails."""
        for first in threads:
            self.add(
                kind,
                fate,
                lambda number, first=first: self.plain(
                    number,
                    who=first,
                    Subject=f"Re: Complaint {first}",
                    In_Reply_To=message_id(first),
                    References=message_id(first),
                    **headers,
                ).as_bytes(),
                to=first,
            )

    def raw(self, number, head, body):
        """Return a mail of plain bytes, as broken programs write them."""
        lines = [
            f"From: {sender(number)}".encode(),
            f"To: {ADDRESS}".encode(),
            f"Message-Id: {message_id(number)}".encode(),
            *head,
            b"",
            mark(number).encode() + b" " + body,
        ]
        return b"\r\n".join(lines)

    def charsets(self):
        """Mails in every charset, and some that lie about theirs."""
        for charset, words in CHARSETS.items():
            head = [
                f'Content-Type: text/plain; charset="{charset}"'.encode(),
                b"Content-Transfer-Encoding: base64",
            ]
            self.add(
                "charset",
                "new",
                lambda number, charset=charset, words=words, head=head: self.encoded(
                    number, head, charset, words
                ),
            )
        eight, text = b"Content-Transfer-Encoding: 8bit", b"Content-Type: text/plain; charset="
        for head, body in (
            (
                [b"Subject: \xcb\xae\xba\xf8", text + b"gb2312", eight],
                "水壶".encode("gb18030"),
            ),
            (
                [b"Subject: broken \xff\xfe", text + b"utf-8", eight],
                b"\xff\xfe\x80 leaks",
            ),
            ([b"Subject: lies", text + b"us-ascii", eight], "水壶".encode()),
            (
                [b"Subject: =?iso-2022-cn?B?GyQpQQ4=?=", text + b"iso-2022-cn"],
                b"\x1b$)A\x0eK.\x0f leaks",
            ),
            ([b"Subject: =?nonsense?Q?=FF?=", text + b"nonsense"], b"leaks"),
            ([b"Subject: =?utf-8?B?broken", b"Content-Type: text/plain"], b"leaks"),
            ([b"Subject: no type"], "wörter".encode("latin-1")),
            (
                [b"Subject: nul \x00 in it", b"Content-Type: text/html; charset=utf-8", eight],
                b"<p>nul \x00 here</p>",
            ),
        ):
            self.add("charset", "new", lambda number, head=head, body=body: self.raw(number, head, body))

    @staticmethod
    def encoded(number, head, charset, words):
        text = base64.b64encode(f"{mark(number)} {words}".encode(charset))
        lines = [
            f"From: {sender(number)}".encode(),
            f"To: {ADDRESS}".encode(),
            f"Message-Id: {message_id(number)}".encode(),
            b"Subject: charset",
            *head,
            b"",
            text,
        ]
        return b"\r\n".join(lines)

    def with_file(self, number, name, size, kind="octet-stream"):
        letter = self.plain(number)
        letter.add_attachment(b"1" * size, maintype="application", subtype=kind, filename=name)
        return letter.as_bytes()

    def html(self, number):
        letter = self.plain(number)
        letter.set_content(
            f"<html><body><p onclick='x()'>It <b>leaks</b> {mark(number)}</p><script>x()</script></body></html>",
            subtype="html",
        )
        return letter.as_bytes()

    def bounce(self, number):
        letter = self.plain(number, From="Mail Delivery System <MAILER-DAEMON@mx.example.com>")
        return letter.as_bytes()

    def report(self, number):
        """Return a report of the mail server that something was not delivered (RFC 3462)."""
        head = f"From: postmaster@mx.example.com\nTo: {ADDRESS}\nMessage-Id: {message_id(number)}\n"
        kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        words = f"--b\nContent-Type: text/plain\n\nNot delivered. {mark(number)}\n"
        status = "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n"
        failed = "Final-Recipient: rfc822; gone@example.com\nAction: failed\nStatus: 5.1.1\n\n"
        first = (
            "--b\nContent-Type: message/rfc822\n\nMessage-Id: <none@example.com>\nSubject: x\n\nx\n--b--\n"
        )
        return (head + "Subject: Undelivered\n" + kind + words + status + failed + first).encode()


def flood():
    """Return the two hundred mails in the order in which they come in."""
    one = Flood()
    first = one.new("plain", 50)
    one.answers("thread", first[:30])
    one.answers("thread", first[:10], fate="answer")
    one.answers("out of office", first[:8], fate="note", Auto_Submitted="auto-replied")
    one.answers("wrong address", first[30:33], fate="answer", To="office2@gate.example.com")
    one.charsets()
    for kind, fate, headers in (
        ("automatic answer", "ignored", {"Auto_Submitted": "auto-replied"}),
        ("automatic answer", "ignored", {"Subject": "Out of Office: I am away"}),
        ("automatic answer", "ignored", {"Subject": "自动回复: 我在休假"}),
        ("our own", "ignored", {"From": ADDRESS}),
        ("our own", "ignored", {"From": "Office <office@gate.example.com>"}),
        ("no address", "refused", {"To": "nobody@gate.example.com"}),
        ("two addresses", "new", {"To": f"{ADDRESS}, second@gate.example.com"}),
        ("machine", "new", {"Precedence": "bulk"}),
        ("empty subject", "new", {"Subject": ""}),
        ("no subject", "new", {"Subject": None}),
        ("endless subject", "new", {"Subject": "x" * 2000}),
        ("no sender", "new", {"From": "undisclosed"}),
    ):
        for _ in range(4 if fate != "refused" else 3):
            one.add(kind, fate, lambda number, headers=headers: one.plain(number, **headers).as_bytes())
    for _ in range(9):
        one.add("html only", "new", one.html)
    for _ in range(4):
        one.add("bounce", "ignored", one.bounce)
        one.add("bounce", "ignored", one.report)
    for _ in range(4):
        one.add("winmail", "new", lambda number: one.with_file(number, "winmail.dat", 2000, "ms-tnef"))
    for _ in range(4):
        huge = one.add("huge file", "new", lambda number: one.with_file(number, "huge.bin", 1_200_000))
        one.letters[huge].drops = ["huge.bin"]
    for copied in first[:7]:
        one.add("fetched twice", "ignored", lambda number, copied=copied: one.letters[copied].raw)
    for _ in range(2):
        bare = one.add("no id", "new", lambda number: one.plain(number, Message_Id=None).as_bytes())
        one.add("no id again", "ignored", lambda number, bare=bare: one.letters[bare].raw)
    return one.letters
