"""Journey maps as files: their rules, what they are exported as, and how they are drawn."""
