"""The page of one modification, read in layers: claims, sentences, the timeline, labels, rows, the walk."""
