"""What we judge: a standard as its files say it, read without trusting them."""
