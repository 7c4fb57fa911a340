"""Values: frozen plain Python that every floor may import. They hold no state and know no clock."""
