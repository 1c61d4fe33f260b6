"""Where this command line listens: accounts, feeds, hashtags and words, and what happens to what comes in."""
