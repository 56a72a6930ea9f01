"""Words of the field: titles in quotes, sentences with their dates and names, rules that read facts off them."""
