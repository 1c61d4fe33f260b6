"""Leitstand beside its peers in one run: what each does with the same posts, the same kills and the same disk."""
