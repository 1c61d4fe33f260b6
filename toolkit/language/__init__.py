"""What text patterns cannot know about German and English: words, sentences, spelling, forms of address and of gender.

Nothing here knows posts, accounts or networks; offsets are code points in the text given.

=============  ======================================================
`text`         tokens, words, sentences
`emoji`        which code points are one picture
`readability`  published formulas and syllables
`spelling`     which words are right, and what may have been meant
`compounds`    German compounds that no dictionary has
`wordlist`     a house's own words
`address`      whom a German text addresses: du, ihr or Sie
`gender`       forms that mean everybody
`adjectives`   as what a text describes something, and what it denies
`guessing`     whether a text is German or English
`characters`   letters that are not what they look like
`stems`        words without endings, words that say nothing, heads of compounds
`sameness`     whether two entries tell of one event
words/         words of social media and trade that dictionaries lack
stopwords/     words that say nothing
=============  ======================================================
"""
