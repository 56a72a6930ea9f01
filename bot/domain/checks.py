"""Whether a reading can be believed."""
from collections.abc import Sequence
from bot.domain.claims import Claim, Doubt, Reading
def of_page(url: str, title: str, texts: Sequence[str], *, trouble: str = "", feed: bool = False) -> tuple[Doubt, ...]:
    return ()
def of_reading(reading: Reading, texts: Sequence[str]) -> tuple[Doubt, ...]:
    return ()
def believe(reading: Reading, accepted: Sequence[Claim]) -> tuple[Doubt, ...]:
    return ()
