"""Mentions elsewhere: who writes about the house where it has no account, and what is said in public to nobody in particular.

=======================  ==============================================================================================
`entries`                a feed's bytes → its entries
`terms`                  whether an entry names the house
`memory`                 what is known of each feed, and which events were told: one small file of the state
`hearing`                one round over all feeds
`sought`                 hashtags and words, each with the account that looks for it
`weighing`               whether a rule wants what was found in the inbox, else how it counts
`searching`              one round over all hashtags and words
=======================  ==============================================================================================
"""
