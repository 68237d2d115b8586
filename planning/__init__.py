"""The core: gaps, scores, ranks and targets as pure functions over columns.

Nothing here reads a file, knows a map projection or draws a widget; see the import law in
``pyproject.toml``.
"""
