"""What others run: published records held against a standard. Pure checks over what an adapter brings."""
