"""Posts on the site: a page for each with its preview cards, lists, kits to publish by hand, problems."""
