"""What the team could talk about, when there is a reason to, and what it leaves alone: before anything is a post.

=========  ===================================================================  ===================================
module     what                                                                 where people write it
=========  ===================================================================  ===================================
ideas      `Idea`: where it came from, whom it serves, what it is worth         content/ideas/*.md
days       occasions that are near, and the ideas that somebody has for them    content/occasions/*.yml
dating     a new occasion                                                       content/occasions/*.yml
topics     what is no topic, for whom, until when                               ``no-go`` blocks of guidelines/*.md
noting     a new idea                                                           content/ideas/*.md
deciding   what somebody decides about an idea: shortlist, drop, make it a post content/ideas/*.md, content/posts/
twins      whether an idea was there before: nobody is asked the same twice     content/ideas/*.md
ranking    in which order ideas are offered                                     content/ideas/*.md
keys       what the values of an idea look like, for schemas and editors
=========  ===================================================================  ===================================

Readers return ``(things, problems)``: a bad file hides no other.
"""

from toolkit.editorial.days import read_occasions
from toolkit.editorial.ideas import IDEA_KEYS, IDEAS, SCORE_KEYS, Idea, Origin, Score, Stage, read_ideas
from toolkit.editorial.topics import read_topics
from toolkit.workspace.occasions import Occasion
from toolkit.workspace.statements import Topic

__all__ = [
    "IDEAS",
    "IDEA_KEYS",
    "SCORE_KEYS",
    "Idea",
    "Occasion",
    "Origin",
    "Score",
    "Stage",
    "Topic",
    "read_ideas",
    "read_occasions",
    "read_topics",
]
