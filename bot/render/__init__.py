"""Facts → words → blocks: the only maker of Block Kit and of Slack's escaping."""

from bot.render.beside import NOTHING, Beside
from bot.render.renderer import Renderer

__all__ = ["NOTHING", "Beside", "Renderer"]
