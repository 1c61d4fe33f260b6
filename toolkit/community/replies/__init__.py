"""Replies: written, checked, approved by risk, sent once; and suggestions from what was answered before.

====================================  ==============================================================================
`reply` `statements` `book`           the noun, its SQL, and what people do with replies
`standing` `finishing`                what a conversation was when a reply was written; what became of the reply
`composing` `checking` `granting`     as its network gets it; what is wrong with it; whose yes it needs
====================================  ==============================================================================
"""
