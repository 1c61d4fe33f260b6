"""What people are handed of a report beside its page, all made from the page and the executed notebook.

===========  =====================================================================
`paper`      the page as a PDF: tagged, with bookmarks, page numbers, a running head
===========  =====================================================================
"""
