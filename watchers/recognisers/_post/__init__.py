"""A walk through one news post about a version of the SEC, read in layers: effect, modifications, parts, blocks."""
