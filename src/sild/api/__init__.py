"""API: the desk for programs. Tokens, problems, the OpenAPI document; the routes themselves are the wings'."""
