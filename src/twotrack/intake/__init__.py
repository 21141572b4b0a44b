"""Anything -> Report: text, web pages. Each module takes one form in; all end in `text.report_of_text`."""
