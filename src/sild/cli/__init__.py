"""The command line: verbs parse, call one action or read, and answer. Errors are one line; exit codes mean something (exits.py)."""
