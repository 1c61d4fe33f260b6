"""The site's search: an index in many small files, of which a reader's browser fetches the few that a question needs.

===========  ======================================================================================
`documents`  what can be found: sections of pages as the builder cut them, and pages it never saw
`reports`    the sections of finished reports
`words`      the words of a text, and the one spelling they are kept in
`blocks`     documents in runs of up to 64, each with the places of its words; kept between builds
`heads`      what compounds end with, so that Kalender finds the Adventskalender
`files`      words in files by how they begin, long lists and texts in files of their own
`writing`    all of it together, written where it differs
`box`        the field and its list as HTML
===========  ======================================================================================

Nothing here cuts endings: the files keep words as they are written (`words.fold`), sorted by how they begin, and the
browser compares endings among the few that begin alike (``assets/scripts/search-words.js``). So there is one stemmer,
in one place, and it may change without a new index.
"""
