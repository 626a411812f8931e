"""What holds, or is noticed, where the guard does not reach: rules of the client's own, and a look at what files hold."""
