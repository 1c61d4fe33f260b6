"""The plan on the site: strategy, goals, campaigns, channels, ideas, topics, decisions."""
