"""Confine: what an agent is started with: which variables, which network, which folders."""
