"""What the desk tells people: why, as a code with facts, and the sentences of these codes."""
