"""What goes out when: slots, what is due, collisions, gaps, the calendar, and what a change does to it."""

from toolkit.planning.slots import Slot, due, slots

__all__ = ["Slot", "due", "slots"]
