"""What nobody writes in good faith: it must go through everything the desk does, and reach nobody as it came."""

MARK = "zq93"  # stands in each of them, to find it again

HOSTILE = {
    "override": f"{MARK}\u202egpj.exe\u202c \u2067x",
    "zero width": f"{MARK}\u200b\u200c\u200d\u2060\ufeffx",
    "lone surrogate": f"{MARK}\ud800x\udfff",
    "nul": f"{MARK}\x00x",
    "terminal": f"{MARK}\x1b[31m\x1b]0;x\x07\x08\x7f\x85\x9bx",
    "header": f"{MARK}\r\nBcc: all@example.com\r\n\r\nx",
    "formula": f'=HYPERLINK("http://x.example?{MARK}","x")',
    "markup": f"</script><img src=x onerror=alert({MARK!r})>\"'<!--",
    "template": f"{{{{7*7}}}}${{x}}{{name}}%s%(x)s{{hours.phone}} {MARK}",
    "sql": f"{MARK}'; DROP TABLE messages; --",
    "command": f'/restart{{"shop": "{MARK}"}}',
    "tags": f"{MARK}\U000e0041\U000e0042\u2028\u2029x",
    "stacked marks": f"{MARK} ا" + "\u0651\u064b" * 500,
    "letters joined": f"{MARK} 👩" + "\u200d👩" * 500,
}
CONTROLS = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))))
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
