"""A walk through a page of releases or news, read in layers: claims, sentences, rows, blocks."""
