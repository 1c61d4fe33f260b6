"""The first pages of the site, by who opens them.

===========  =========================================================================
`opening`    all of them
`front`      everybody's day: what goes out, what comes next, where everything is
`manager`    what is to decide, goals, the last month
`community`  the day on one sheet: who waits, what goes out, what is to do by hand
`editor`     what came back, what is due, what is missing, where there is room
`reader`     what people come for, what changed lately, whom to ask
`newcomer`   somebody's first day
===========  =========================================================================
"""
