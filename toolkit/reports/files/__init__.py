"""What people are handed of a report beside its page, all made from the page and the executed notebook.

===========  =====================================================================
`paper`      the page as a PDF: tagged, with bookmarks, page numbers, a running head
`appendix`   on paper: where the tables stand that the page unfolds on a click
`cells`      what the tables of a page say, and how much room they take
`tables`     the tables that a notebook shows, cell by cell
`typed`      a value as people read it → a number, a share, a day
`workbook`   the tables as an XLSX workbook, a sheet each
`layout`     how its sheets look on a screen and on paper
`sheets`     the tables as CSV
`adding`     making files of a report that is there already
`gist`       how final a page says it is, and its summary
`mailing`    the summary and the PDF by mail, once per stage
===========  =====================================================================
"""
