"""Replies: written, checked, approved by risk, sent once; and suggestions from what was answered before.

====================================  ==============================================================================
`reply` `statements` `book`           the noun, its SQL, and what people do with replies
`standing` `finishing`                what a conversation was when a reply was written; what became of the reply
`composing` `checking` `granting`     as its network gets it; what is wrong with it; whose yes it needs
`bench` `submitting`                  where an answer is written; keeping it, handing it in, saying yes to it
`canned` `recalling` `suggesting`     what was answered before, and which of it fits
`briefed`                             what the manager's briefings suggest and forbid, and which fits
`saying`                              its states in words
====================================  ==============================================================================
"""
