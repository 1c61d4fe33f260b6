"""How every post stands at one moment: what a person or a page asks, and nothing that sends.

Publishing asks this room too. It stands apart so that whoever only shows something need not load the sending, the
alerts, and the rules.

==========  ====================================================================================================
`outlook`   files, ledger, approvals and pauses at one moment
`standing`  how a post stands on each of its channels, in words that site and desk share
`waiting`   which posts wait for an approval, whose and until when
`kit`       what a person needs to publish a post by hand
==========  ====================================================================================================
"""

from toolkit.outlook.outlook import Outlook, look_lately, look_out, read_rendition

__all__ = ["Outlook", "look_lately", "look_out", "read_rendition"]
