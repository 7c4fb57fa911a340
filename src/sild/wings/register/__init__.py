"""Register: request and offer lines, and the needs and offers that they speak of."""
