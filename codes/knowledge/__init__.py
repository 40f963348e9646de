"""The snapshot of the knowledge base that pages, search and explanations read."""
