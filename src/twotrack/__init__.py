"""Twotrack reads news reports about a diplomatic crisis and keeps a sourced ledger of it."""

from twotrack.read import read

__all__ = ["read"]
