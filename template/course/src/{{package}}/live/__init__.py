"""The live figures."""
