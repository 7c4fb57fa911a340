"""Attribution cases: who attacked, or that it cannot be said: who owes what by when, what it rests on, who decided what and why."""
