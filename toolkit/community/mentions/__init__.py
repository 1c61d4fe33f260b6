"""Mentions in feeds: who writes about the house where it has no account.

=======================  ==============================================================================================
`entries`                a feed's bytes → its entries
`terms`                  whether an entry names the house
`events`                 whether two entries tell of one event
`memory`                 what is known of each feed, and which events were told: one small file of the state
`hearing`                one round over all feeds
=======================  ==============================================================================================
"""
