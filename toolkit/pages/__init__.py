"""The internal site: workspace + ledger + reports → ``{path: page}``, pure at heart.

`rendering.render_site` makes every page so that any builder for MkDocs-like sites can take it. Two thin fronts use it:
the MkDocs plugin (`build.plugin`) and ``leitstand stage`` (`build.staging`). What people wrote in posts never passes
through the site's Markdown; see `markup`.

==========================================  ====================================================================
`gather` `checked` `inside` `outward`       everything that a site shows, read once; what only the house, what others get
`view` `entries` `span` `paths` `places`    what pages share: the input worked out, moments, months, addresses, parts
`page` `kept` `said`                        what a page is, and how two are known to be the same
`markup` `pieces` `tables`                  HTML that cannot be broken out of; pieces that several pages use
`filters` `lookup`                          lists to choose from, and to look something up in
`icons` `emblem` `media` `clocks`           drawings, the house's sign, pictures of posts, the site's clock
`stylesheet` `script`                       the one style sheet and the one script, a part for each room
`home` `calendar` `posts` `handbook`        the first page of each role; months and weeks; posts; the brand portal
`plan` `results` `research` `team`          goals and campaigns; reports and key figures; others; who is who
`feeds`                                     calendars and news for other programs
`rendering` `build`                         all pages together; from pages to a site
==========================================  ====================================================================
"""
