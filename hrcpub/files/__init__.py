"""Files and the formats they are in: the one door to a project, YAML, tables, what is kept."""
