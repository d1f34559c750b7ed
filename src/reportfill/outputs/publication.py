"""Where reports are published: what an office says of its website."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of the website on which a report is published; nothing of it is ever made up."""


UNKNOWN = Publication()
"""Nothing is known of it."""
