"""The shapes of continuity, as programs are told of them and may send them."""
