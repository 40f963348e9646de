"""The number that says which state of the knowledge base is the newest."""

from django.db import models


class Revision(models.Model):
    """One row; its number grows with every change, so that every process knows when to rebuild."""

    number = models.PositiveBigIntegerField(default=0)
    changed = models.DateTimeField(auto_now=True)
