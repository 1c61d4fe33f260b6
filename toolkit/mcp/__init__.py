"""A door for assistants and other programs that speak the Model Context Protocol: `leitstand mcp`.

Whoever comes through it may read, draft and check. It has no right to approve, publish, answer, or lift a pause, and no
tool for it: what `toolkit.mcp.server` does not name cannot be asked for. What people outside wrote is marked as data.

===========  =====================================================================================
module       what it is for
===========  =====================================================================================
`door`       the workspace behind the door, and the command line, of which it is one more reader
`posts`      finding and reading posts, writing drafts
`handbook`   the handbook's pages
`plan`       what goes out when, what is wrong with it, what is going on
`numbers`    key figures and finished reports
`inbox`      what people write, without their names; only where it was asked for
`names`      the one rule by which names are taken out of what people wrote
`pagetext`   a report's page as text
`server`     the tools: which there are, what they say of themselves
===========  =====================================================================================
"""

from toolkit.mcp.door import Answer, Ask, Door
from toolkit.mcp.server import make_server

__all__ = ["Answer", "Ask", "Door", "make_server"]
