"""The desk in the browser: the community manager's day, on a phone or a wide screen, served by one small process.

=============  =====================================================================================
`endpoint`     what a page is: a function of a visit; `areas` collects them
`house`        what pages work with: the workspace, kept; inbox, replies and ledger, opened each time
`permissions`  roles of leitstand.toml → who may do what
=============  =====================================================================================
"""
