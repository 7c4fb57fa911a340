"""Intake: messages, kept byte for byte, and the run from a folder of them to a checked plan."""
