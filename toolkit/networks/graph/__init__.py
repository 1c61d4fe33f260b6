"""What the three networks of Meta's Graph API share: requests, error codes, read-backs, containers, pictures.

It is no network: `facebook`, `instagram` and `threads` are, and they do not know each other.

==============  ====================================================================================
`api`           one account's requests, with the token in a header and nowhere else
`answers`       what the API's error codes mean for a part
`reading`       lists page by page, and one's own posts matched with an intent
`containers`    the two steps: make a container, note it, publish it; ask it what became of it
`pictures`      media cut to the network's shape, without metadata, at a public address
`sending`       the one request that publishes, changes or takes back
`below`         a first comment or an answer, sent once, else read back
`line`          what the lines of Instagram and Threads have in common
`hearing`       comments as messages
`vanished`      which of them are not there any more
`figures`       insights as metrics of the house
==============  ====================================================================================
"""
