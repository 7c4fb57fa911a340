"""What people send about the inventory and hosts. What cannot be read is refused in words."""
