"""How many examples are drawn, and how.

`FORMS_EXAMPLES` sets how many each test of all dimensions draws (a fifth of it where one dimension is drawn). Without it
few are drawn and always the same: a red run speaks of a change of the code. With it they are fresh ones, and a failure
prints the blob that draws it again.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_ASKED = int(os.environ.get("FORMS_EXAMPLES", "0"))
_USUAL = 5


def examples(count: int, *, shrinks: bool = True) -> settings:
    """Return settings for so many examples; `shrinks`: a failure is made as small as it can be."""
    return settings(
        max_examples=count,
        derandomize=not _ASKED,
        database=None,
        deadline=None,
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
    )


many = examples(_ASKED or _USUAL)
few = examples(max((_ASKED or _USUAL) // 5, 1))
slow = examples(max((_ASKED or _USUAL) // 15, 1))
"""For PDFs, which cost fifty times as much as other pages."""
