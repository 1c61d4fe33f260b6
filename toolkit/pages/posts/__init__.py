"""Posts on the site: a page for each with its preview cards, lists, the archive, kits to publish by hand, problems."""
