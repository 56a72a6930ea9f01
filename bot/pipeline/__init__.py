"""Use cases: what happens in which order.

Decisions are in `bot.domain`, the world is behind `bot.ports`.
"""
