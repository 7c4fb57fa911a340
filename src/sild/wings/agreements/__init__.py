"""What requester and giver said to a match: proposed, accepted, declined, committed, recalled; each by who may, with when and why."""
