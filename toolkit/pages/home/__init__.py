"""The home page: what everybody needs to know today."""
