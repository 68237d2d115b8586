"""The pages, each readable like a table of contents."""
