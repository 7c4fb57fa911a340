"""Pages of continuity. Importing a module declares its pages."""
