"""The sandbox, from outside and inside."""
