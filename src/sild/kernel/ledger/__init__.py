"""The ledger: every act, committed to a hash tree that nobody can edit in silence.

An act puts its entry into the outbox in its own transaction; one sequencer gives it the next index and appends its salted
commitment to the book, an RFC 6962 tree with signed checkpoints. The book is files alone: verifying needs no database.
"""
