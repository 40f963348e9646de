"""The JSON API: what the pages say, for ticket systems and other programs. It only reads, and keeps nothing."""
