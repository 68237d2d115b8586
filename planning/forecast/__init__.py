"""Forecast: whether a target will be met, village by village (docs/explanation/forecast.md)."""
