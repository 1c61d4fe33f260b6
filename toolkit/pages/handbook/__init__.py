"""The handbook's pages: its prose, and boxes for all that programs read in it."""
