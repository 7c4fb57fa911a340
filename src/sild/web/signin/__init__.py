"""Signing in: the framework's flows as this desk uses them, who may act once signed in, and the pages of one's own account."""
