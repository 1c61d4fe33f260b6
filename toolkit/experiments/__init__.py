"""Experiments: registered before the first post, dealt out by lot, looked at as often as anybody likes, decided late.

`read_experiments` reads `content/experiments`, `plan_posts` says how many posts it takes, `deal` which post belongs to
which arm, `outcome_of` what came of it, and `decide` what may be said about that. Nobody wins before the planned posts.
"""
