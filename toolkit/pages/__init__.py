"""The internal site: workspace + ledger + reports → ``{path: page}``, pure at heart.

`render_site` makes every page as Markdown with a front matter, so that any builder for MkDocs-like sites can take it.
Two thin fronts use it: the MkDocs plugin (`toolkit.pages.build.plugin`) and ``leitstand stage`` (`toolkit.pages.build.staging`).
What people wrote in posts never passes through the site's Markdown; see `toolkit.pages.markup`.
"""
