"""A report as PDF, Word document and workbook; its charts and map as pictures.

Build a :class:`~geo.report.content.ReportContent`, all of whose words are in the reader's language,
and pass it to one of the writers. This package knows no language and measures nothing.
"""
