"""What text patterns cannot know about German and English: words, sentences, spelling, forms of address and of gender.

Nothing here knows posts, accounts or networks; offsets are code points in the text given.

| module | what it knows |
|---|---|
| `readability` | published formulas and syllables |
"""
