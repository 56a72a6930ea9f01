"""Words of the field: titles in quotes, sentences with their dates and names, and the rules that read facts off them."""
