"""What tells that two people write of the same customer: names, numbers and addresses brought to one form."""

import re
import unicodedata

# What companies are called by law, which one writes and the next leaves out.
LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限責任公司|有限公司|公司|集团|集團)"
    r"|\b(co|company|corp|corporation|inc|incorporated|ltd|limited|llc|gmbh|group|plc|sa|ag)\b"
)


def _plain(text):
    return unicodedata.normalize("NFKC", text or "").casefold()


def name_key(name: str | None) -> str | None:
    """Return a company's name without case, signs, blanks and legal form; None when nothing is left.

    >>> name_key("ACME (Shanghai) Co., Ltd.") == name_key("Acme Shanghai")
    True
    >>> name_key("北海贸易有限公司")
    '北海贸易'
    """
    plain = re.sub(r"[\W_]+", " ", _plain(name))
    key = re.sub(r"\s+", "", LEGAL.sub(" ", plain)) or re.sub(r"\s+", "", plain)
    return key or None


def number_key(number: str | None) -> str | None:
    """Return a tax number without case, blanks and signs; None when nothing is left."""
    return re.sub(r"[\W_]+", "", _plain(number)) or None


def phone_key(number: str | None) -> str | None:
    """Return the last nine digits of a telephone number, however it is written; None for fewer than seven.

    >>> phone_key("+86 139-1234-5678") == phone_key("(0086) 13912345678")
    True
    """
    digits = re.sub(r"\D", "", _plain(number))
    return digits[-9:] if len(digits) >= 7 else None


def mail_key(address: str | None) -> str | None:
    """Return a mail address in one form; None when it is none.

    >>> mail_key(" Li@Example.com ")
    'li@example.com'
    """
    found = re.search(r"[^\s<>,;]+@[^\s<>,;]+", _plain(address))
    return found.group() if found else None
