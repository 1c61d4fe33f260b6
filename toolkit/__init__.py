"""Leitstand: social media as code.

The way of a post, one room per arrow::

    Post → Rendition → Receipt → Observation → report

    ========  ==========================  =====================================================  ==================
    step      room                        in → out                                               verb
    ========  ==========================  =====================================================  ==================
    read      source, workspace           content/posts/…md → Post and Problems                  every verb
    check     lint with style, language   Workspace, handbook's rules → Problems                 check, fix, rules
    plan      planning                    posts, ledger, now → slots, collisions, gaps, diff     plan, calendar
    rehearse  simulation                  Workspace, faults → histories on simulated networks    simulate
    approve   approval, forge             Post, commits, reviews → approvals of a content hash   approve
    render    networks with pictures      Post + limits → Rendition (preview and send share it)  preview, kit
    send      dispatch + ledger           Rendition → intent → Receipt                           publish, run
    correct   dispatch + ledger           Receipt, Post → correction or retraction               correct, retract
    tell      alerts                      ledger, approvals, pauses → messages to people         alerts
    collect   collect, importers          Receipt or export file → Observations                  measure, import
    listen    community                   messages → conversations, numbers; pause switch        inbox, pause, resume
    report    reports + notebooks/, kpis  period → executed notebook → HTML                      report
    try       experiments                 registered design, numbers → n, lots, verdict          experiment
    learn     learning                    observations → proposals for guidelines/               learn
    show      pages                       workspace + ledger + reports → site                    mkdocs, stage
    ========  ==========================  =====================================================  ==================

A receipt is a confirmed row of the ledger; `metrics` keeps the Observations. Below these rooms: `findings` (what is
known of problems: old, new, remembered), `editorial` (ideas, occasions, no-go topics),
`outlook` (how every post stands at a moment),
`signin` (how accounts get their tokens and keep them), `hosting` (a
public address for media that a network fetches), `settings` (leitstand.toml), `web` (the one HTTP client),
`credentials` (where secrets come from), `database` (SQLite and PostgreSQL), `pictures` (media as bytes), `tokens`
(the brand's colours and fonts), `style` (the engine of the handbook's rules), `language` (German and English),
`strategy` (the social media plan: goals, audiences, pillars),
`surprise` (whether so many mentions are unusual), `sentiment` (how a message sounds), `model` (the nouns),
`messages` and `dates` (the words), `icons` (the drawings), `errors`, `values` (how the nouns are made),
`garbage` (none is looked for where there is none). Beside them:
`backup` (of all that must not be lost, and the way back), `cli` (one module per verb), `desk` (in the browser), `lsp`
(the editor), `mcp` (assistants and other programs), `schema` (what files
may say, for other editors), `editor` (a page to write on in the browser), `migration` (workspaces of other tools),
`research` (competitors, trends), `sample` and `starter` (what `sample` and `init` write).
"""

__version__ = "0.1.0"
