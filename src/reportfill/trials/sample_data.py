"""Made-up data that a pack's schema allows, to try the pack with."""

from __future__ import annotations

from typing import Any

from reportfill.model.figures import with_values
from reportfill.model.report_model import YEAR
from reportfill.pack.pack import Pack


def sample_data(pack: Pack, *, only_required: bool = False, long: bool = False) -> dict[str, Any]:
    """Nested data with a value for each field, or for each one that is required; derived figures are left to be
    worked out. With `long`, texts are as long as the schema lets them be, up to a few pages."""
    values = {
        path: field.kind.sample(field, long=long)
        for path, field in pack.fields.items()
        if path not in pack.rules.derived and (field.required or not only_required)
    }
    return with_values({}, values | {YEAR: pack.manifest.first_year})
