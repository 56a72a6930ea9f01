"""A list of variations by the Secretary of State, read in layers: words, claims, rows, lines."""
