"""The numbers that say which state of the knowledge base is the newest."""

from django.db import models


class Revision(models.Model):
    """A number that grows with every change, so that every process knows when to read again, and what.

    The row without a kind counts all changes; the others count those of one kind of entry, by its model's name.
    """

    kind = models.CharField(max_length=30, unique=True, default="")
    number = models.PositiveBigIntegerField(default=0)
    changed = models.DateTimeField(auto_now=True)
