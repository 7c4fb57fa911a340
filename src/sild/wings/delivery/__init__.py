"""What moves after somebody committed it: consignments with their legs, what arrived, what the recipient says of it; and the money."""
