"""People on the site: who answers for what, and what is on fire."""
