"""The language server: any editor that speaks LSP knows the workspace while somebody writes.

==============================  ======================================================================
`page`                          a file's text, and the editor's positions in it
`session`                       the open files and their workspaces, which stay loaded
`scene`                         one open file at one moment: what every feature below is a function of
`checking`                      problems to show, sentences to say
`diagnostics`                   problems as the editor wants them
`handbook`                      what is wrong with rule blocks of a page
`hover`                         what a key, a name, a problem means
`accounts` `links`              what is told of an account, and where more is written
`completion` `caret`            what may be written here, and where "here" is
`known` `vocabulary` `moments`  what there is: keys, names, free times
`actions`                       quick fixes, all safe ones, ignoring with a reason
`hints`                         live counts at the end of each part
`symbols`                       the outline
`definition`                    where a name leads to
`server`                        the wiring
==============================  ======================================================================
"""

from toolkit.lsp.server import make_server

__all__ = ["make_server"]
