"""From pages to a site: the MkDocs plugin, the staged folder for other builders, the shared frame, search."""
