"""Config: the settings of the framework and the table of environment variables."""
