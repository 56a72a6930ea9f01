"""What secbot knows about the field: pure functions and values, standard library only."""
