"""The reference pages: made from the code that they describe, so that they cannot be wrong.

========== ==============================================================
module     what it is for
========== ==============================================================
`tables`   what may stand in front matter and blocks, table by table
`pages`    the pages and schemas, as Markdown and JSON
`catalogue` the texts that are translated where they are shown
========== ==============================================================
"""
