"""The desk in the browser: the community manager's day, on a phone or a wide screen, served by one small process.

A request is an `Ask` and becomes an `Answer`; only `app` and `serving` know the web framework. In order of its way:

================================  ====================================================================
`serving` `app`                   the socket; addresses → what answers them
`request` `answer`                what comes over the wire, what goes back
`guard` `sealing` `limits`        is it meant for us, from one of our pages, not too much; what every answer says
`door` `links` `sessions`         who asks: by login link and session, or named by the company's login
`reception`                       coming in, going, choosing a language
`gateway`                         around all endpoints: permission, form, audit, errors that lose nothing
`permissions`                     roles of leitstand.toml → who may do what
`endpoint` `areas`                what a page is: a function of a visit; where all of them are collected
`day` `inbox` `posts` `crisis`    the areas
`house`                           what pages work with: the workspace, kept; inbox, replies, ledger, each time
`frame` `rendering`               templates, and what stands around them
`speech` `scheme`                 in which language, light or dark
`assets` `colours` `icons`        scripts, styles, drawings
`audit` `records` `wording`       who did what, the page that shows it, in people's words
`schema`                          the desk's database
`running` `opening`               which desk is running; showing it in a browser
`live`                            what changed since somebody looked
================================  ====================================================================
"""
