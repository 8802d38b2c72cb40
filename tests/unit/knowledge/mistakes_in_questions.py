"""Mistakes an owner can make in data/faq and in the dialogue acts, and what is said of each."""

from .files import ACTS, FAQ

# file, what stands there, what the owner writes instead, the whole message
MISTAKES = {
    "a missing answer": (
        FAQ,
        "      ar: |\n        أعيدوا المنتج {facts.return_window} إلى {shop}.\n        الهاتف: {phone}\n",
        "",
        f"{FAQ}: 'returns_how' has no Arabic answer; add answer.ar",
    ),
    "a missing title": (
        FAQ,
        "fa: چطور مرجوع کنم؟, ",
        "",
        f"{FAQ}: 'returns_how' has no Persian title; add title.fa",
    ),
    "an empty text": (
        FAQ,
        "en: How do I return an item?",
        'en: " "',
        f"{FAQ}: 'returns_how' has an empty title.en; write title.en",
    ),
    "an unknown key": (
        FAQ,
        "    related:",
        "    relatd:",
        f"{FAQ}: 'returns_how' has the unknown key 'relatd'; did you mean 'related'?",
    ),
    "an unknown key of the file": (
        FAQ,
        "topic: returns",
        "topic: returns\nsubject: x",
        f"{FAQ}: the file has the unknown key 'subject'; use one of: topic, title, questions, position",
    ),
    "a position that is no number": (
        FAQ,
        "topic: returns",
        "topic: returns\nposition: first",
        f"{FAQ}: the file has 'first' as position; write a whole number, for example 1",
    ),
    "a fourth language": (
        FAQ,
        "en: Returns}",
        "en: Returns, de: Rückgabe}",
        f"{FAQ}: the file has the unknown key 'de' in title; use one of: fa, ar, en",
    ),
    "a list for a text": (
        FAQ,
        "en: How do I return an item?",
        "en: [How]",
        f"{FAQ}: 'returns_how' has a list as title.en; write plain text as title.en",
    ),
    "a number for a text": (
        FAQ,
        "en: How do I return an item?",
        "en: 7",
        f"{FAQ}: 'returns_how' has a number as title.en; put it in quotes as title.en",
    ),
    "a list of examples": (
        FAQ,
        "        plain: |\n          how do I return an item",
        "        plain:\n          - how do I return an item",
        f"{FAQ}: 'returns_how' has a list as examples.en.plain; "
        "write 'plain: |' and one example a line",
    ),
    "an unknown variety": (
        FAQ,
        "finglish: |",
        "fingilish: |",
        f"{FAQ}: 'returns_how' has the unknown variety 'fingilish' in examples.fa; "
        "did you mean 'finglish'?",
    ),
    "another language's variety": (
        FAQ,
        "finglish: |",
        "arabizi: |",
        f"{FAQ}: 'returns_how' has the unknown variety 'arabizi' in examples.fa; "
        "use one of: formal, colloquial, story, noisy, finglish",
    ),
    "an empty variety": (
        FAQ,
        "        finglish: |\n          chetori pas bedam",
        '        finglish: ""',
        f"{FAQ}: 'returns_how' has no example in examples.fa.finglish; "
        "add some or delete the variety",
    ),
    "a language without examples": (
        FAQ,
        "      en:\n        plain: |\n          how do I return an item\n",
        "",
        f"{FAQ}: 'returns_how' has no English examples; add examples.en",
    ),
    "a question without an id": (
        FAQ,
        "  - id: returns_how\n    title",
        "  - title",
        f"{FAQ}: the file has no id in questions no. 1; add its id",
    ),
    "an id with a hyphen": (
        FAQ,
        "id: returns_how",
        "id: returns-how",
        f"{FAQ}: the file has 'returns-how' as the id of questions no. 1; "
        "use small Latin letters, digits and underscores",
    ),
    "an unknown related question": (
        FAQ,
        "related: [contact_hours]",
        "related: [contact_hour]",
        f"{FAQ}: 'returns_how' has the unknown question 'contact_hour' in related; "
        "did you mean 'contact_hours'?",
    ),
    "a question related to itself": (
        FAQ,
        "related: [contact_hours]",
        "related: [returns_how]",
        f"{FAQ}: 'returns_how' names itself in related; delete it there",
    ),
    "an id taken in another file": (
        FAQ,
        "id: returns_how",
        "id: contact_hours",
        f"{FAQ}: 'contact_hours' is an id already taken in data/faq/contact.yml; "
        "rename one of them",
    ),
    "an act with a question's id": (
        ACTS,
        "id: greet",
        "id: contact_hours",
        f"{ACTS}: 'contact_hours' is an id already taken in data/faq/contact.yml; "
        "rename one of them",
    ),
    "a placeholder nobody knows": (
        FAQ,
        "to {shop} {facts",
        "to {shopp} {facts",
        f"{FAQ}: 'returns_how' uses the placeholder {{shopp}}, which no shop can fill; "
        "did you mean 'shop'?",
    ),
    "a channel nobody has": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{hours.fone}',
        "data/faq/contact.yml: 'contact_hours' uses the placeholder {hours.fone}, "
        "which no shop can fill; did you mean 'phone'?",
    ),
    "a fact nobody has": (
        FAQ,
        "{shop} {facts.return_window}",
        "{shop} {facts.return_windw}",
        f"{FAQ}: 'returns_how' uses the placeholder {{facts.return_windw}}, which no shop can fill; "
        "did you mean 'return_window'? (or add facts.return_windw to the shops' profiles)",
    ),
    "malformed braces": (
        FAQ,
        "Phone: {phone}",
        "Phone: {phone",
        f"{FAQ}: 'returns_how' has a stray brace at 'Phone: {{phone' in answer.en; "
        "write placeholders as {name} or {name.part} and use no other braces",
    ),
    "a channel that one shop lacks": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{hours.chat}',
        "data/faq/contact.yml: 'contact_hours' uses {hours.chat}, and shop 'dukkan' has no "
        "channels.chat; add channels.chat to data/shops/dukkan.yml, "
        "or its own answers.contact_hours there",
    ),
    "a promise that one shop does not make": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{response.phone}',
        "data/faq/contact.yml: 'contact_hours' uses {response.phone}, and shop 'dukkan' has no "
        "channels.phone.response; add channels.phone.response to data/shops/dukkan.yml, "
        "or its own answers.contact_hours there",
    ),
    "a bidi control": (
        FAQ,
        "en: How do I return an item?",
        'en: "How \\u202e do I return it?"',
        f"{FAQ}: 'returns_how' has the bidi control character U+202E in title.en; "
        "delete the character",
    ),
    "a zero-width space in an example": (
        FAQ,
        "chetori pas",
        "chetori\u200b pas",
        f"{FAQ}: 'returns_how' has the invisible character U+200B in examples.fa.finglish; "
        "delete the character",
    ),
    "an example under two ids": (
        FAQ,
        "شرایط پس دادن جنس",
        "ساعت كاري شما چيست",
        f"{FAQ}: 'returns_how' has the example 'ساعت كاري شما چيست' (fa.formal) that also stands "
        "under 'contact_hours' in data/faq/contact.yml ('ساعت کاری شما چیست؟'); "
        "keep it under one of the two",
    ),
    "an example under a question and an act": (
        ACTS,
        "en: {plain: hello}",
        "en: {plain: 'When are you OPEN'}",
        f"{ACTS}: 'greet' has the example 'When are you OPEN' (en.plain) that also stands under "
        "'contact_hours' in data/faq/contact.yml ('when are you open'); "
        "keep it under one of the two",
    ),
    "a line copied twice": (
        FAQ,
        "          شرایط پس دادن جنس",
        "          شرایط پس دادن جنس\n          شرایط پس دادن جنس",
        f"{FAQ}: 'returns_how' has the example 'شرایط پس دادن جنس' (fa.formal) twice; "
        "delete one of the two",
    ),
    "an example twice but for its spelling": (
        FAQ,
        "          شرایط پس دادن جنس",
        "          شرایط پس دادن جنس\n          شرايط پس دادن جنس!",
        f"{FAQ}: warning: 'returns_how' has the example 'شرايط پس دادن جنس!' (fa.formal), "
        "which is to the assistant the same as 'شرایط پس دادن جنس'; delete one",
    ),
}
