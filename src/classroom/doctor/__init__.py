"""The set-up is examined before a class depends on it."""
