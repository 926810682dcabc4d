"""The steps from a checked `Material` to a proven PDF, each a function on values."""
