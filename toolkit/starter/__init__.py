"""A workspace to begin with: the plan, settings, two posts, a handbook. `leitstand init` writes it.

===========  ==========================================================================================
module       what it is for
===========  ==========================================================================================
`nouns`      what a new workspace is made of
`reading`    what somebody answers or writes behind a flag, as these nouns
`asking`     asking until an answer can be used; what is wrong is said, ``?`` is explained
`questions`  the conversation: what is asked, and in which order
`flags`      what was said, as the command line that goes on from there
`files`      the files, filled in, read back, and written over nothing that is there
`tables`     tables of leitstand.toml and front matter as text
`colours`    the brand's colour as tokens that read in light and dark
`ci`         the file that lets a forge check every proposal
===========  ==========================================================================================

The files stand in `de/` and `en/` as they will be written, with ``$name`` where something is filled in.
"""

from toolkit.starter.ci import PLACES, ci_files
from toolkit.starter.files import starter_files, write_files
from toolkit.starter.nouns import LANGUAGES, Channel, Member, Starter, Target

__all__ = [
    "LANGUAGES",
    "PLACES",
    "Channel",
    "Member",
    "Starter",
    "Target",
    "ci_files",
    "starter_files",
    "write_files",
]
