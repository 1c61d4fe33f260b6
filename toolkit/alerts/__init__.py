"""Telling the team what needs a person: a refused, held or missed post, an approval that is missing, a dead account.

After each tick `begin` finds what is new to whom (`find_alerts` over a `Scene`) and claims one message per person,
`deliver` hands them to Apprise within ten seconds, `finish` records what arrived. Each alert is told once per person and
state, also after a restart and with several dispatchers; nothing in here can break or hold up publishing.
"""
