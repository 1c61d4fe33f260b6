"""What the community manager hands over: a week of the inbox in numbers, each with n and error, without names and quotes.

::

    read_heard(inbox, since, until)                            →  Heard: what was said, as far as it counts
    summarise(inbox, workspace, week, now, confusions)         →  Summary: counts, and no words of anybody

What is stored of it are counts. A word or label stands there when several people used it (`topics.PEOPLE`), so a page
that was made before somebody was forgotten says nothing of them either.

=====================  =========================================================================================
`week`                 calendar weeks in the workspace's zone
`spoken`               messages as they count, out of an open inbox
`shares` `survival`    a share with its limits; times of which some are not over yet
`answers`              response rate and first response within service hours
`volume`               how much, on which day, channel and of which kind, beside the week before
`terms` `topics`       words of a message; what people talk about, by labels and by surprise
`moods`                how it sounds, what the classifier's error leaves of it, and whether it changed
`voices` `image`       wishes, praise and complaints; the attributes that people give the house
`dangers`              the handbook's dangers, and incidents
`pending`              what waits for a decision, and who is away
`summary`              all of it
=====================  =========================================================================================
"""
