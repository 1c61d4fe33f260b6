"""The community's weekly hand-over to the manager: one page of counts and pictures, made from the inbox.

No kernel runs here and no notebook of anybody sees the inbox: the page is put together from `toolkit.community.summary`,
kept beside the reports as they are, and shown, printed and mailed like them.

===========  ==================================================================
`opening`    the sentences on top, and what people wrote about the week
`amounts`    how much came in, and how it was answered
`talk`       topics, wishes, praise and complaints, image
`tone`       how it sounded
`waiting`    dangers, what waits for a decision, who is away
`making`     the page and its manifest, made once for the same numbers
`weekly`     when it comes by itself
===========  ==================================================================
"""
