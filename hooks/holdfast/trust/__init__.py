"""Trust: what a person has allowed or trusts, and how we tell that it is a person who asks."""
