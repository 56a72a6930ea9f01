"""Commands of the command line that stand in files of their own; each file has `add(cli)`."""
