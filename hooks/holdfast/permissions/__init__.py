"""Permission audit: which of the client's permission rules are wider than need be, and how they change from week to week."""
