"""Sending mail, for every adapter that does: addresses, the letter, the dialogue with the server, what its answers mean.

=====================  ======================================================================================
`mailbox` `letter`     addresses that cannot begin a header of their own; a mail ready for its envelope
`dialogue` `delivery`  lines out, replies in, within one deadline; one letter step by step
`handing`              one letter handed over, once, and what became of it
`remedy`               what a person can do about a line that fails
=====================  ======================================================================================
"""
