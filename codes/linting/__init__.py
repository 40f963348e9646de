"""Checks the shipped texts against fixtures/README.md: one module per family of rules, `check.lint` runs them all.

A rule is a generator: it takes the `Shelf` of what is shipped and yields a `Finding` for each text that breaks it.
Whatever breaks a rule with good reason stands in exceptions.yaml, with that reason.
"""
