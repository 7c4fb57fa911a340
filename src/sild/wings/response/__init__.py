"""Response: what can be done about an incident or a case, what was decided and done, and what is still missing. It decides nothing."""
