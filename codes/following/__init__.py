"""Tells what bounces while a log grows: lines from a pipe or a file, one line out for each delivery that failed."""
