"""A walk through a list of consultations, read in layers: entries, titles, details, items, blocks."""
