"""What processes of the tests print in, which are Python: as PYTHONIOENCODING says, else UTF-8."""

from __future__ import annotations

import os

PRINTED = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"
