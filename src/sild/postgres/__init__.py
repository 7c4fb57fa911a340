"""The embedded PostgreSQL: found, made, started, proved and stopped; and the roles that every cluster needs.

supervisor: `running(home)` and `Server`. connection: how a role gets in. roles: who may do what, as SQL.
doctor: what the running server shows, finding by finding. throwaway: a cluster for a test session.
"""
