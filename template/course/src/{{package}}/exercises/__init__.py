"""Hints and known mistakes, as data."""
