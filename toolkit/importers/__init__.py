"""Export files of networks, shops and web statistics → observations and problems.

``identify`` (what kind of file is it, told by its headers), ``extract`` (observations, posts, problems), and
deduplicate: a file twice is one import, a row twice counts once, and a later export of the same month is a further
snapshot.

How to add a kind
-----------------

Write one module in `toolkit.importers.kinds` and name it in `IMPORTERS`; or in a package of your own, under the entry
point ``leitstand.importers``. It has `TITLE`, `NETWORK` ("" for websites and shops), `MENU` (where people find the
export), `EVIDENCE` (how sure we are, see `evidence`), `identify` and `extract` (see `base`). Its docstring is its documentation. Most
kinds are a `Layout`, headers as data in German and English, and one of these readers:

===================================  ==================================================================================
one row per post, totals so far      `posts.read_posts(document, PostFile(name, network, LAYOUT))`
one row per day                      `days.read_days(document, DayFile(name, network, LAYOUT, subject="site"))`
anything else, such as one row per   `Gathering(document, name)`, then for each table of `find_tables(document.export,
order                                LAYOUT)` the rows of `Reading(table, gathering).records()`, each with `.text(name)`,
                                     `.number(name)`, `.moment(name)` and `.problem(cell, message)`; give
                                     `gathering.observe(…)` what a row says, or `gathering.count(…)` what adds up over
                                     the day; return `gathering.extract(table.columns for table in tables)`
visits or orders with link tags      `Sharing(gathering, Whole("site"))`, then `.add(noon, metric, value, tags)` for each
                                     and `.finish()`: parts go to accounts, posts and campaigns; `OrderBook` for orders
JSON                                 `structured.read_tree(export)` and its `rows`, `text`, `number`; never trusts
===================================  ==================================================================================

`identify` is `match_layout(export, LAYOUT)`. The framework has by then read encodings, delimiters, preambles above the
header, XLS, XLSX and ZIP; decides decimal marks and the order of day and month by whole columns; ignores columns that
no layout names, and says which of them hold personal data. `export.data` has the bytes where a file is no table.

    LAYOUT = Layout((
        Column("day", ("Date", "Datum"), Kind.DAY, needed=True),
        Column("visits", ("Visits", "Besuche"), Kind.COUNT, needed=True),
    ))

A test writes a small file in the format and says what becomes of it; `leitstand importer test FILE` shows the same.

=============================  ========================================================================================
`export` `archive`             a file's bytes, told apart by their beginning; archives, within bounds
`encoding` `rows` `workbook`   text, CSV with the place of every cell, workbooks read in a bounded process (`cells`)
`sheet` `layout` `records`     tables, their headers, their rows; a text is walked over, its rows are not kept
`values` `figures` `moments`   numbers and times, alone and by column
`gathering` `posts` `days`     what is found (kept small by `found`); the two common shapes of exports
`accounts` `matching`          whose numbers they are, and which posts
`observed` `clocks`            when they were counted, and in which zone posts were published
`evidence`                     how sure we are of a kind, and what nobody has checked
`leftovers`                    files that lie beside exports and are none
`mapping`                      any table, described by a small TOML file
`choosing`                     which importer a file belongs to
`sections` `structured`        several tables in one CSV; JSON
`origins` `sharing`            tags of links → account, post, campaign; amounts shared out, never counted twice
`meta`                         what all exports of Facebook and Instagram share
`orders` `wholedays`           a shop's day sums; days that were over when the export was made
=============================  ========================================================================================
"""

from __future__ import annotations

from toolkit.importers.base import Columns, Document, Extract, Importer, Match, Menu
from toolkit.importers.choosing import GROUP, IMPORTERS, Choice, all_importers, choose, find_importer, needed_columns
from toolkit.importers.export import Export, open_export
from toolkit.importers.matching import KnownPost, KnownPosts, post_keys

__all__ = [
    "GROUP",
    "IMPORTERS",
    "Choice",
    "Columns",
    "Document",
    "Export",
    "Extract",
    "Importer",
    "KnownPost",
    "KnownPosts",
    "Match",
    "Menu",
    "all_importers",
    "choose",
    "find_importer",
    "needed_columns",
    "open_export",
    "post_keys",
]
