"""Leitstand: social media as code.

The way of a post, one room per arrow::

    Post → Rendition → Receipt → Observation → report

    ========  ==========================  =====================================================  ==================
    step      room                        in → out                                               verb
    ========  ==========================  =====================================================  ==================
    read      source, workspace           content/posts/…md → Post and Problems                  every verb
    check     lint                        Workspace → Problems                                   check, fix
    plan      planning                    posts, ledger, now → slots, collisions, gaps, diff     plan
    approve   approval                    Post → approval bound to a content hash                approve
    render    networks                    Post + limits → Rendition (preview and send share it)  preview
    send      dispatch + ledger           Rendition → intent → Receipt                           publish, run
    tell      alerts                      ledger, approvals, pauses → messages to people         alerts
    collect   collect, importers          Receipt or export file → Observations                  measure, import
    listen    community                   pause switch                                           pause, resume
    report    reports + notebooks/, kpis  period → executed notebook → HTML                      report
    learn     learning                    observations → proposals for guidelines/               learn
    show      pages                       workspace + ledger + reports → site                    mkdocs, stage
    ========  ==========================  =====================================================  ==================

A receipt is a confirmed row of the ledger; `metrics` keeps the Observations. Below these rooms: `settings`
(leitstand.toml), `model` (the nouns), `web` (the one HTTP client), `credentials`, `messages` and `dates` (the words),
`errors`. Beside them: `cli` (one module per verb), `lsp` (the editor), `research` (competitors), `sample` and `starter`
(what `sample` and `init` write).
"""

__version__ = "0.1.0"
