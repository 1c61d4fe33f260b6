"""What happens around the brand: competitors first. Typed functions over the same observations as the KPIs."""

from toolkit.research.voice import Voice, share_of_voice

__all__ = ["Voice", "share_of_voice"]
