"""The ranking: sources to voices, traits to log-ratios, log-ratios to shares, shares to a verdict and what to look for next."""

from sild.cores.attribution.method.ranking import rank

__all__ = ["rank"]
