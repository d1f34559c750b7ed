"""XML as the parts of Office files have it."""

from __future__ import annotations

import re

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 does not allow, so that no Word file can hold them."""
