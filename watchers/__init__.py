"""In from the web: what is watched, how it is fetched, what shape it has, what it claims."""
