"""Mistakes an owner can make in data/shops and in the words of the dialogue, and what is said of each."""

from .files import SHOP, WORDS

# file, what stands there, what the owner writes instead, the whole message
MISTAKES = {
    "a fact the shop's own answer lacks": (
        "data/shops/dukkan.yml",
        "{shop} collects",
        "{facts.return_window} {shop} collects",
        "data/shops/dukkan.yml: 'dukkan' uses {facts.return_window} in answers.returns_how and has "
        "no facts.return_window; add facts.return_window",
    ),
    "words that a shop cannot say": (
        WORDS,
        "Welcome to {shop}.",
        "Welcome to {shop}: {chat}.",
        f"{WORDS}: 'welcome' uses {{chat}}, and shop 'bazaar' has no channels.chat.address; "
        "add channels.chat.address to data/shops/bazaar.yml",
    ),
    "a value misspelt in one language": (
        WORDS,
        "Ticket {reference} is open.",
        "Ticket is open.",
        f"{WORDS}: 'ticket_opened' has {{reference}} but not in English; "
        "use the same values in all three languages; see en",
    ),
    "a value that every call has already": (
        WORDS,
        "Welcome to {shop}.",
        "Welcome to {shop}, {now}.",
        f"{WORDS}: 'welcome' uses {{now}}, which every call has already; rename the value",
    ),
    "an unknown top question": (
        SHOP,
        "top_questions: [contact_hours]",
        "top_questions: [returns_hw]",
        f"{SHOP}: 'bazaar' has the unknown question 'returns_hw' in top_questions; "
        "did you mean 'returns_how'?",
    ),
    "an own answer to no question": (
        "data/shops/dukkan.yml",
        "  returns_how:",
        "  return_how:",
        "data/shops/dukkan.yml: 'dukkan' has the unknown question 'return_how' in answers; "
        "did you mean 'returns_how'?",
    ),
    "an unknown time zone": (
        SHOP,
        "Asia/Tehran",
        "Asia/Teheran",
        f"{SHOP}: 'bazaar' has the unknown time_zone 'Asia/Teheran'; write one as 'Asia/Tehran'",
    ),
    "a colour that is none": (
        SHOP,
        "country: IR",
        "country: IR\naccent: red",
        f"{SHOP}: 'bazaar' has 'red' as accent; write accent in quotes as '#be123c'",
    ),
    "a logo that is no address": (
        SHOP,
        "country: IR",
        "country: IR\nlogo: javascript:alert(1)",
        f"{SHOP}: 'bazaar' has 'javascript:alert(1)' as logo; "
        "write an https address, or a path of the desk as '/static/logo.svg'",
    ),
    "an unknown country": (
        SHOP,
        "country: IR",
        "country: Iran",
        f"{SHOP}: 'bazaar' has the unknown country 'Iran'; write its two letters, as 'IR' or 'SA'",
    ),
    "an unknown calendar": (
        SHOP,
        "calendar: jalali",
        "calendar: jalaly",
        f"{SHOP}: 'bazaar' has the unknown calendar 'jalaly'; did you mean 'jalali'?",
    ),
    "a bad pattern": (
        SHOP,
        "'[0-9]{8,9}'",
        "'[0-9{8,9}'",
        f"{SHOP}: 'bazaar' has '[0-9{{8,9}}' as order_number, which is no regular expression "
        "(unterminated character set at position 0); write a regular expression, as '[0-9]{8,9}'",
    ),
    "an hour no clock shows": (
        SHOP,
        "09:00-21:00",
        "09:00-25:00",
        f"{SHOP}: 'bazaar' has channels.phone.hours wrong: hours '09:00-25:00' hold a time that no "
        'clock shows; write always, {every_day: "09:00-21:00"} or days as '
        '{sat: "09:00-13:00, 16:00-20:00"}',
    ),
    "an unknown day": (
        SHOP,
        "{sat: ",
        "{saturday: ",
        f"{SHOP}: 'bazaar' has channels.seller_phone.hours wrong: hours name the unknown day "
        "'saturday'; "
        'write always, {every_day: "09:00-21:00"} or days as {sat: "09:00-13:00, 16:00-20:00"}',
    ),
    "an unknown audience": (
        SHOP,
        "audience: seller",
        "audience: sellers",
        f"{SHOP}: 'bazaar' has the unknown channels.seller_phone.audience 'sellers'; "
        "did you mean 'seller'?",
    ),
    "a channel without hours": (
        SHOP,
        "    hours: always\n",
        "",
        f"{SHOP}: 'bazaar' has no channels.chat.hours; add channels.chat.hours",
    ),
    "a date that is none": (
        SHOP,
        "2026-11-25",
        "1405-9-4 maybe",
        f"{SHOP}: 'bazaar' has '1405-9-4 maybe' as closing_days.own no. 1.date; "
        "write the date as 2027-03-20",
    ),
    "a date of no calendar": (
        SHOP,
        "2026-11-25",
        "2026-13-01",
        f"{SHOP}: the file has a value that cannot be (month must be in 1..12); "
        "mend it or put it in quotes",
    ),
    "a key that YAML reads as no text": (
        SHOP,
        "  return_window:",
        "  no:",
        f"{SHOP}: 'bazaar' has yes or no as a key in facts; put the key in quotes",
    ),
    "a brace in a fact": (
        SHOP,
        "en: within 7 days",
        'en: "within {days} days"',
        f"{SHOP}: 'bazaar' has a brace in facts.return_window.en; "
        "write it plainly; only answers and words are filled",
    ),
    "a missing name": (
        SHOP,
        "name: {fa: بازارک, ar: بازارك, en: Bazaarak}\n",
        "",
        f"{SHOP}: 'bazaar' has no name; add name",
    ),
    "one key twice": (
        SHOP,
        "country: IR",
        "country: IR\ncountry: SA",
        f"{SHOP}:7: the file has the key 'country' twice in one place; delete one of the two",
    ),
    "a promise of no time": (
        SHOP,
        "en: within 5 minutes}",
        "en: within 5 minutes}\n    promise: {minutes: 0}",
        f"{SHOP}: 'bazaar' has a channels.phone.promise of no time; "
        "write it as {minutes: 5} or {hours: 24}",
    ),
    "a promise in an unknown unit": (
        SHOP,
        "en: within 5 minutes}",
        "en: within 5 minutes}\n    promise: {minute: 5}",
        f"{SHOP}: 'bazaar' has the unknown key 'minute' in channels.phone.promise; "
        "did you mean 'minutes'?",
    ),
    "a promise without words": (
        SHOP,
        "    hours: always\n",
        "    hours: always\n    promise: {minutes: 1}\n",
        f"{SHOP}: 'bazaar' has channels.chat.promise without words; add channels.chat.response",
    ),
}
