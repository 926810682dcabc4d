"""Events: a manifest and its sites to folders that are ready to be sent."""
