"""A completed Excel workbook goes in, the official Word report comes out."""

from __future__ import annotations
