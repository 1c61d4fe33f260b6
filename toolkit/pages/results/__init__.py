"""Results on the site: reports, key figures, posting times, experiments."""
