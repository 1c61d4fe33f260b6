"""One adapter per network; see `toolkit.networks.base`."""
