"""Measurements of hrcpub's speed and memory, each beside its goal."""
