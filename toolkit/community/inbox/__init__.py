"""The inbox: what people write to us and about us, kept until it is answered and no longer than it has to be."""
