"""The knowledge base as files: what is shipped, what was edited here, and how the two live together.

    fixtures/*.yaml ──reading──> Shipped ──planning (with the rows of stored)──> Plan ──applying──> models
                                                                models ──stored──> writing ──> *.yaml

`kinds` says how a row of each model looks as plain values; everything else compares and writes those.
"""
