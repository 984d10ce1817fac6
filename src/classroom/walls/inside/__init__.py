"""What runs inside the sandbox: standard library and ipykernel only, nothing of the course."""
