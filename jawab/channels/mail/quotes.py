"""What is new in a mail: without the mail it answers, without its sender's signature.

The marks are those that Gmail, Outlook, Apple Mail, Yahoo and Thunderbird set in Persian, Arabic and English.
"""

import re

LONGEST = 100_000  # characters that are looked at

_WRAPPED = 3  # lines that "On … wrote:" may take
_LONGEST_NAME_LINE = 60
_SIGNATURE_LINES = 5
_MARKS = str.maketrans(
    "", "", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)

# "On …, Sara <sara@…> wrote:", which may be wrapped over some lines.
_ATTRIBUTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"on\b.{6,300}\bwrote\s*:",
        r".{1,120}<[^<>\s@]+@[^<>\s@]+>\s*wrote\s*:",
        r"(?:در|به)\s.{4,300}نوشته?(?:\s?(?:است|‌است|‌اند|اند))?\s*:",
        r".{1,120}<[^<>\s@]+@[^<>\s@]+>.{0,60}نوشته?(?:\s?(?:است|‌است))?\s*:",
        r"(?:في|بتاريخ|يوم)\s.{4,300}(?:كتب(?:ت)?\b.{0,160}|تمت كتابة ما يلي بواسطة.{0,160}):",
        r"كتبت?\s.{1,200}\s(?:في|بتاريخ|يوم)\s.{4,120}:",
    )
)
_BEGINNINGS = ("on ", "در ", "به ", "في ", "بتاريخ ", "يوم ", "كتب")
# A line that alone begins the mail that is answered.
_DIVIDERS = re.compile(
    r"\s*(?:[-_]{2,}\s*(?:original message|forwarded message|original appointment|reply message"
    r"|پیام اصلی|پیغام اصلی|پیام فورواردشده|پیام بازارسال‌شده|پیام هدایت‌شده"
    r"|الرسالة الأصلية|رسالة أصلية|الرسالة الاصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها)\s*[-_]{2,}"
    r"|begin forwarded message\s*:|_{20,})\s*",
    re.IGNORECASE,
)
# Outlook's block of headers: two of these in lines that follow each other.
_HEADER = re.compile(
    r"\s*\*?(?:from|sent|to|cc|date|subject|از|فرستنده|ارسال[\s‌]?شده|ارسال|تاریخ|به|گیرنده|رونوشت|موضوع"
    r"|من|المرسل|تم الإرسال|التاريخ|تاريخ الإرسال|إلى|الى|نسخة|الموضوع)\s?\*?\s?:\*?\s*\S.*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:from|از|فرستنده|من|المرسل)\s?\*?\s?:", re.IGNORECASE)
_QUOTED = re.compile(r"\s*>")
# Signatures that programs set.
_DEVICE = re.compile(
    r"\s*(?:sent from (?:my|mail|outlook|yahoo|proton)\b.{0,80}|get outlook for .{1,20}"
    r"|(?:ارسال|فرستاده)[\s‌]?شده (?:از|با) .{1,60}|از (?:آیفون|گوشی) من ارسال شده?.{0,20}"
    r"|(?:تم الإرسال|أُ?رسلت?|مرسل|مُرسل) من .{1,60})\s*",
    re.IGNORECASE,
)
# What a letter is closed with; the names and phones below it are no part of what is asked.
_CLOSING = re.compile(
    r"\s*(?:(?:kind|best|warm)?\s?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|best wishes|cheers"
    r"|با (?:احترام|تشکر|سپاس)(?: فراوان)?(?: و احترام)?|ارادتمند(?: شما)?|با تقدیم احترام"
    r"|مع (?:التحية|خالص التحية|تحياتي|أطيب التحيات|الشكر|الاحترام|فائق الاحترام)(?: والتقدير)?"
    r"|تحياتي(?: لكم)?|وتفضلوا بقبول .{0,30}|ولكم جزيل الشكر)\s*(?:[.,،!؛]\s*)?",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """What a mail says that the one it answers did not; the whole text where that would be nothing.

    >>> said("هنوز نرسیده\\n\\nدر تاریخ پنجشنبه ۵ آذر ۱۴۰۵ پشتیبانی <help@shop.example> نوشت:\\n> سلام")
    'هنوز نرسیده'
    >>> said("لم يصل بعد\\nتم الإرسال من الـ iPhone")
    'لم يصل بعد'
    """
    lines = text[:LONGEST].splitlines()
    kept = _without_signature(_without_quotes(lines))
    return "\n".join(kept).strip() or text.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    """Everything before the mail that is answered; answers between its lines stay."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _QUOTED.match(lines[at]):
            at += 1
            continue
        size = _attribution(lines, at)
        if size and _next_is_quoted(lines, at + size):
            at += size
            continue
        if size or _DIVIDERS.fullmatch(_plain(lines[at])) or _headers(lines, at):
            break
        kept.append(lines[at])
        at += 1
    return kept


def _attribution(lines: list[str], at: int) -> int:
    """How many lines say who wrote the quoted mail; 0 when none do."""
    first = _plain(lines[at]).strip()
    if not first or len(first) > 400:
        return 0
    for size in range(1, _WRAPPED + 1):
        if size > 1 and not first.lower().startswith(_BEGINNINGS):
            return 0  # only what begins so is worth a look at the next lines
        if at + size > len(lines):
            return 0
        joined = " ".join(_plain(line).strip() for line in lines[at : at + size])
        if len(joined) > 500:
            return 0
        if joined.endswith(":") and any(one.fullmatch(joined) for one in _ATTRIBUTIONS):
            return size
    return 0


def _next_is_quoted(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return _QUOTED.match(following) is not None


def _headers(lines: list[str], at: int) -> bool:
    """Whether a mail's headers are written out here: three, the sender first."""
    if not _FROM.match(_plain(lines[at])[:80]):
        return False
    following = [_plain(line)[:300] for line in lines[at : at + 6] if line.strip()]
    return sum(_HEADER.fullmatch(line) is not None for line in following) >= 3


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if line.rstrip("\r") in ("-- ", "--") and any(_has_words(one) for one in lines[:at]):
            lines = lines[:at]
            break
    kept = [line for line in lines if not _DEVICE.fullmatch(_plain(line)[:200])]
    for at in range(len(kept) - 1, 0, -1):
        below = [line for line in kept[at + 1 :] if line.strip()]
        if len(below) > _SIGNATURE_LINES or any(len(one) > _LONGEST_NAME_LINE for one in below):
            break
        if _CLOSING.fullmatch(_plain(kept[at])[:80]) and any(_has_words(one) for one in kept[:at]):
            return kept[:at]
    return kept


def _plain(line: str) -> str:
    """Without the marks of direction that mail programs strew in."""
    return line.translate(_MARKS)


def _has_words(line: str) -> bool:
    return any(character.isalnum() for character in line)
