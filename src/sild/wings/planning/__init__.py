"""Planning: who gives what to whom and when, under every known limit, with the reasons of what stays unmet."""
