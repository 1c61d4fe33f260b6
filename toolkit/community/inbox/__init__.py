"""The inbox: what people write to us and about us, kept until it is answered and no longer than it has to be.

================================  ==================================================================================
`conversation`                    the nouns
`links` `folding` `gathering`     which messages belong together; what a conversation is; both, within a transaction
`book` `desk` `ids`               the open inbox: what is in it and what people do with it
`finding` `searching`             a page of the inbox with its counts; the words that somebody looks for
`saying` `sounds`                 stages, ages and acts in words; the team's word on how a message sounds
`rhythm` `cursors` `fetching`     when an account is asked, how far it was heard, and one round of asking
`hits`                            what was heard elsewhere and only counted
`forgetting` `retention`          what is forgotten because somebody asks for it, or because its time is over
`figures`                         its numbers, for the metrics
`schema` `statements` `reading`   the tables, the SQL, rows as values; `words`, `place`, `pseudonyms`
================================  ==================================================================================
"""
