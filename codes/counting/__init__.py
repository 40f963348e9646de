"""What is kept of explanations: counts per reason, and the masked shape of replies that nobody explains.

    explanation ──masking──> shape ──tally (in memory)──flushing (every few seconds)──> models

Nothing else of what people paste outlives its request.
"""
