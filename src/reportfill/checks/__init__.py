"""Findings, and every check that makes them."""
