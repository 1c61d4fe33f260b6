"""What happens around the brand: what others publish and what comes up of it, what people search for, how competitors do.

Typed functions over feeds, over single posts of competitors, and over the same observations as the KPIs. Nothing is decided
here and nothing is sent.

=============  =====================================================================================
`published`    entries of feeds: one event is one entry, with everybody who tells it
`phrases`      the words and pairs of a headline that say what it is about
`bursts`       what is written about more than usual, by `toolkit.surprise`
`interest`     how much is searched for a word, out of charts of Google Trends
`trends`       a burst with everything that speaks for and against taking it up
`saying`       its reasons in words
`keywords`     candidates for keywords, of a text or of entries
`seen`         single posts of competitors: address, format, count at seven days
`rivals`       brands side by side: rhythm, formats, rates with n, best posts
`voice`        share of voice
=============  =====================================================================================
"""

from toolkit.research.voice import Voice, share_of_voice

__all__ = ["Voice", "share_of_voice"]
