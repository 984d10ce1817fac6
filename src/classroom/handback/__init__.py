"""Marks and feedback go out."""
