"""Reports that come by themselves: each month's provisional one on a day, its final one when all has arrived, once each.

=========  ========================================================================================
`due`      the calendar: which stages of which months may be due, and when
`round`    one round: what is due is taken in the ledger (`toolkit.ledger.Runs`), made, and confirmed
`sending`  its mail, to each person at most once
=========  ========================================================================================

The daemon looks (`toolkit.dispatch.beside`) and starts a process of its own when there is something to do.

Pauses play no part: they stop what goes to the public, and in a crisis the numbers are wanted more than ever.
"""
