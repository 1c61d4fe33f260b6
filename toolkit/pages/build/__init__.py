"""From pages to a site: the MkDocs plugin, the staged folder for other builders, the shared frame, search.

==============================  ==============================================================================
`entry` `plugin`                hands the pages to MkDocs, and what MkDocs makes of them to the site
`appearance` `navigation`       what a mkdocs.yml leaves open: looks, foot, the tabs and what stands below them
`theme`                         the theme's folder, read once
`conversions`                   what Markdown becomes, kept between builds
`finished`                      pages of the navigation that stay as the last build laid them out
`shell`                         the frame of all other pages, laid out once and filled many times
`repairs` `policy` `discovery`  every finished page: names for screen readers, what it may load, feeds in its head
`languages` `missing`           the way to the same page in another language; the page for addresses that lead nowhere
`output`                        the folder of the site, of which only what is new is written
`placing`                       files that are copied as they are, by `output` and not by MkDocs
`search`                        the site's search
`live` `rebuilding` `early`     `serve`: the site over HTTP, built anew after a save, the saved post at once
`staging`                       the site as a folder of Markdown for other builders
==============================  ==============================================================================
"""
