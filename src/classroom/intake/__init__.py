"""Work comes in: from archives and the exchange, whose, which notebook, into the teacher's copy."""
