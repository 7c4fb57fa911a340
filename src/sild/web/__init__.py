"""Web: the desk in the browser. Addresses, sign-in, the look; the pages themselves are the wings'."""
