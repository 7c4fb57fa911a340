"""Screening: may a party stand on a list that the operator provides? The desk asks, a person confirms or clears."""
