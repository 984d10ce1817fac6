"""A person reads: answers in words, and what two answers share."""
