"""What is known of problems beyond one check: which are old, which are new, and what was found the last time.

=============  ===================================================================
`fingerprint`  a problem's name, which stays while the file around it changes
`baseline`     the problems of old content that everybody knows
`changes`      the lines that are new since a revision of git
`moment`       a time that notes what was concluded from it
`inputs`       everything that a check may look at, as one key
`answers`      what was found for a key, so that nothing has to be looked at again
`rows`         problems as rows that JSON can say
`cache`        the folder in which that is kept, and which may be deleted any time
=============  ===================================================================
"""
