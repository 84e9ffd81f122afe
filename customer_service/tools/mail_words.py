"""What a mail says, read without a database: its subject, whether it only thanks, whether a machine sent it."""

import codecs
import hashlib
import re
import unicodedata

from odoo.tools import html2plaintext

SUMMARY = 200
# More text than this is no letter; the whole of it stays in the message.
LETTER = 100_000
THANKS_LENGTH = 120
THANKS = (
    "thank you,thanks,thx,many thanks,much appreciated,appreciate it,appreciated,great,perfect,excellent,all good,"
    "works now,works fine,problem solved,solved,resolved,got it,received,cheers,well done,no problem,ok,okay,"
    "谢谢,感谢,多谢,辛苦了,收到,好的,没问题,没有问题,已解决,解决了,满意,很好,太好了,不客气,非常好,"
    "謝謝,感謝,多謝,沒問題,沒有問題,已解決,解決了,滿意,不錯,不错"
).split(",")
# Who adds one of these wants something more.
WANTS = re.compile(
    r"[?？]|\b(?:but|however|although|though|still|again|not|never|yet|unfortunately|wrong|broken|missing|why|when|how|"
    r"what|where|which|who|please|could|can|would|should|need|want|wait|waiting|another|also|only|until|unless)\b|n't|"
    r"不|没|沒|但|可是|仍|坏|壞|又|再|还|還|请|請|吗|嗎|呢|什么|什麼|怎|何时|何時|何|几时|幾時|为啥|多久|哪|尽快|盡快|缺|漏"
)
QUOTED = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original message|原始邮件|原始郵件|forwarded)|on .{5,200} wrote:|from:\s|"
    r"发件人[:：]|寄件者[:：]|寄件人[:：]|.{0,80}写道[:：]|.{0,80}寫道[:：]|_{10,}|--\s*$)",
    re.I,
)
QUOTED_HTML = re.compile(
    r"<(?:blockquote|div[^>]*class=[\"'][^\"']*(?:gmail_quote|o_quoted|moz-cite-prefix))\b", re.I
)
PREFIX = re.compile(
    r"^(?:(?:re|fw|fwd|aw|wg|回复|回覆|答复|答覆|转发|轉發|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.I
)
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{2,40}")
AUTO_SUBJECT = re.compile(
    r"^\W*(?:automatic reply|auto[- ]?reply|auto[- ]?response|autoreply|out of (?:the )?office|ooo\b|"
    r"自动回复|自動回覆|自動回復|自动答复|外出|休假|不在办公室|不在辦公室)",
    re.I,
)
AUTO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply")
MACHINE_SENDER = re.compile(r"^(?:no-?reply|do-?not-?reply|donotreply|mailer-daemon|postmaster|bounce)", re.I)


def plain(text):
    """Return a text without what a database or a reader cannot take: NUL, half characters, turned writing."""
    text = str(text or "").encode("utf-8", "replace").decode("utf-8")
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cf"))


def summary(subject, body=""):
    """Return a subject in one line of at most 200 characters; the first words of the body where there is none."""
    line = PREFIX.sub("", " ".join(plain(subject).split()))
    if not line:
        line = " ".join(plain(html2plaintext(body or "")[:2000]).split())[:80]
    return line if len(line) <= SUMMARY else line[: SUMMARY - 1] + "…"


def numbers(subject):
    """Return what in a subject may be the number of a document, at most ten."""
    found = (one.rstrip("./_-") for one in NUMBER.findall(plain(subject)[:1000]))
    return list(dict.fromkeys(one for one in found if len(one) > 3 and any(c.isdigit() for c in one)))[:10]


def own_words(body):
    """Return what somebody wrote in an answer, without what is quoted below it."""
    cut = QUOTED_HTML.split(body or "", maxsplit=1)[0]
    lines = []
    for line in plain(html2plaintext(cut)).splitlines():
        if QUOTED.match(line):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def is_thanks(body, more=()):
    """Return whether an answer only thanks: short, with a word of thanks, without question, doubt or wish.

    :param body: the answer as HTML or text
    :param more: further words of thanks
    """
    words = own_words(body).lower()
    if not words or len(words) > THANKS_LENGTH:
        return False
    left = words
    for phrase in sorted([*THANKS, *(one.lower() for one in more if one)], key=len, reverse=True):
        left = (
            re.sub(rf"\b{re.escape(phrase)}\b", " ", left) if phrase.isascii() else left.replace(phrase, " ")
        )
    return left != words and not WANTS.search(left)


def automatic(message, subject, sender):
    """Return who sent a mail when it was a machine.

    :param message: ``email.message.EmailMessage``
    :return: "reply" (it answers whatever comes), "machine" (it tells something by itself), or None for a person
    """
    says = str(message.get("Auto-Submitted") or "").split(";")[0].strip().lower()
    precedence = str(message.get("Precedence") or "").strip().lower()
    if (
        says == "auto-replied"
        or precedence == "auto_reply"
        or any(message.get(name) for name in AUTO_HEADERS)
        or str(message.get("Return-Path") or "").strip() == "<>"
        or AUTO_SUBJECT.match(plain(subject))
    ):
        return "reply"
    if (
        says not in ("", "no")
        or precedence in ("bulk", "junk", "list")
        or message.get("List-Id")
        or message.get("X-Auto-Response-Suppress")
        or MACHINE_SENDER.match(sender or "")
    ):
        return "machine"
    return None


def lasting_id(message):
    """Return an id for a mail that has none: the same mail, fetched again, has the same."""
    payload = bytes(message)
    return f"<{hashlib.sha256(payload).hexdigest()[:40]}@no-message-id>"


def make_readable(message):
    """Rewrite the parts of a mail whose charset nobody here knows, as the host would lose the whole mail for them."""
    for part in message.walk():
        charset = part.get_content_charset()
        if part.get_content_maintype() != "text" or not charset or known_charset(charset):
            continue
        raw = part.get_payload(decode=True) or b""
        text = simplified(raw) if "2022-cn" in charset else raw.decode("utf-8", "replace")
        name = part.get_filename()
        part.set_content(text, subtype=part.get_content_subtype(), charset="utf-8")
        if name:
            part.add_header("Content-Disposition", "attachment", filename=name)


def known_charset(charset):
    """Return whether Python reads a charset."""
    try:
        return codecs.lookup(charset)._is_text_encoding
    except (LookupError, ValueError):
        return False


def simplified(raw):
    """Read ISO-2022-CN, which Python does not: simplified Chinese in seven bits between two marks."""
    text, shifted = b"", False
    for piece in re.split(rb"(\x0e|\x0f|\x1b\$\)[AGE])", raw):
        if piece in (b"\x0e", b"\x0f"):
            shifted = piece == b"\x0e"
        elif not piece.startswith(b"\x1b"):
            text += bytes(one | 0x80 if one > 0x20 else one for one in piece) if shifted else piece
    return text.decode("gb2312", "replace")
