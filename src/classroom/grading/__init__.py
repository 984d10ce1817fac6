"""One run, from what is new to what is written."""
