"""Measures how fast Rimbalzo is, beside others in the same run: `manage.py benchmark SUBJECT`.

Machines differ, so what counts are the ratios of one run. Each module is one subject: `add_arguments` declares its
options, `run` measures and writes.
"""
