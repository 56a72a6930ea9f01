"""Words of every message; nothing but words. `bot.render` makes messages of them."""
