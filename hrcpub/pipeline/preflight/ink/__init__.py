"""A page's painted objects to its plates: how much of each ink is where."""
