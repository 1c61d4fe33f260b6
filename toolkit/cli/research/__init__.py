"""`leitstand research`: what others publish, what comes up, what people search for, and how we stand beside competitors."""

from __future__ import annotations

from toolkit.cli import make_app
from toolkit.cli.research.board import board
from toolkit.cli.research.compare import compare
from toolkit.cli.research.fetch import fetch
from toolkit.cli.research.interest import interest
from toolkit.cli.research.keywords import keywords
from toolkit.cli.research.news import NEWS_HELP, news
from toolkit.cli.research.trends import trends

app = make_app()
app.command("fetch", help="Ask the feeds of competitors, authorities and topics what is new.")(fetch)
app.command("news", help=NEWS_HELP)(news)
app.command("trends", help="Show what is written about more than usual, and why now.")(trends)
app.command("keywords", help="Propose keywords: of what others publish, or of a text.")(keywords)
app.command("interest", help="Show what people search for, out of imported charts of Google Trends.")(interest)
app.command("competitors", help="Compare rhythm, formats, rates and best posts of all tracked brands.")(compare)
app.command("board", help="Show strengths and weaknesses, out of the last report and the inbox.")(board)
