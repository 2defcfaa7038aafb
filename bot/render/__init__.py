"""How a report reads in each place it is shown."""
