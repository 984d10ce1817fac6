"""The live figures of the course, one module a chapter; built pages run them as they are."""
