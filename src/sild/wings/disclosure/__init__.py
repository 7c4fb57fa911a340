"""What leaves the desk as a whole: situation reports, each for one audience, numbered, kept for ever as they were sent."""
