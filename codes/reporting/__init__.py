"""A report over many mails: read and explained on all cores, counted, and written as text, CSV or a page."""
