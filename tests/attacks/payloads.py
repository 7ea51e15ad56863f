"""What somebody hostile types, uploads and asks for."""

ELSEWHERE = "evil.example"
"""No page of ours ever asks this machine for anything."""

MARKUP = (
    f"**粗**$x^2$:material/bomb::red[红]![图](https://{ELSEWHERE}/a.png)[链](https://{ELSEWHERE}/b)"
    f"<b data-evil=1>甲</b><img src=//{ELSEWHERE}/c.png onerror=alert(1)><script>alert(1)</script>`码`"
    f" https://{ELSEWHERE}/d www.{ELSEWHERE} evil@{ELSEWHERE} :smile: ~~删~~ {{who}} {{0.__class__}} %(x)s &lt;\"'"
)
"""Every kind of markup Streamlit, a browser or a format string would follow, on one line."""

INTERPRETED = (
    "**粗**",
    "$x^2$",
    ":material/bomb:",
    ":red[红]",
    "![图]",
    f"](https://{ELSEWHERE}",
    "<b data-evil",
    "<img src=",
    "<script>",
    "`码`",
    f" https://{ELSEWHERE}/d",
    f" www.{ELSEWHERE}",
    f" evil@{ELSEWHERE}",
    ":smile:",
    "~~删~~",
)
"""The pieces of ``MARKUP`` as they must never reach a place that reads Markdown or HTML."""

TAGS = tuple(piece for piece in INTERPRETED if piece.startswith("<"))
"""Of these what a place that reads HTML, but no Markdown, would follow."""

FORMULAS = (
    '=HYPERLINK("https://evil.example","点我")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    " =1+1",
)
"""What a spreadsheet would compute, or run, on opening a file."""

TRAVERSALS = (
    "../../../etc/passwd.pdf",
    "..\\..\\..\\windows\\win.pdf",
    "/etc/passwd.pdf",
    "C:\\secret\\passwd.pdf",
    "\\\\server\\share\\passwd.pdf",
    "....//....//passwd.pdf",
    "evidence/../../passwd.pdf",
    "file:///etc/passwd.pdf",
    "passwd.pdf/",
    "./passwd.pdf",
)
"""Names that would like to lie elsewhere than below the evidence folder."""

SQL = (
    "' OR '1'='1",
    "'; DROP TABLE fund_entry; --",
    '" OR ""="',
    "%",
    "_",
    "\\",
    "%' ESCAPE '",
    "1); DELETE FROM activity; --",
    "UNION SELECT password_hash FROM account",
    "9" * 40,
    "1e999",
    "-0x1",
)
"""What a search box hands on when it is asked to."""
