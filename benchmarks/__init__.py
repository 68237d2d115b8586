"""Measurements beside the tools people would use otherwise: they print and never fail."""
