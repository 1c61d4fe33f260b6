"""The kinds of export files, one module each; `toolkit.importers` says how to add one."""
