"""From numbers to proposed changes of the handbook, and to decisions that can be held against what comes later.

============  =========================================================================================
`question`    the nouns: kinds of questions, answers, and all of them judged together
`posts`       questions about weekdays, parts of the day, pillars, formats, hashtags, words, shapes
`slots`       questions about one channel's posting slots: whether another part of the day would do better
`moves`       where such slots could go, and what stands in the way
`moving`      moving them on the pages, and back
`traits`      what a text has: hashtags, words, how it is made
`tried`       what experiments brought, once they may be decided
`targets`     whether the strategy's monthly targets can be reached at all
`promises`    whether the inbox keeps the answering times that the handbook promises
`rules`       which rules are obeyed and which are set aside
`firsts`      posts as they were first committed
`looks`       what looking again and again costs: p that hold at every look within a year
`proposals`   everything asked at once: answers, proposals, decisions, what came later
`later`       whether the posts after a decision bear it out
`sentences`   what answers say, for people
`placing`     on which page of the handbook a finding belongs
`changes`     lines on pages and decisions as edits and patches; writing all or nothing
`levels`      how much a rule weighs, in its block or in the settings
`deciding`    accepting, rejecting, giving up and signing, with the decision's record
`undoing`     taking back what a decision changed
`decisions`   writing a decision's record onto its page
`branch`      changes as a commit on a branch of their own, without touching the working tree
`times`       the best time to post
============  =========================================================================================

"No reliable difference" is the normal answer; see `toolkit.learning.proposals`.
"""
