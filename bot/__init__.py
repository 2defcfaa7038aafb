"""standards-bot: keeps an open data standard, its profiles and its community in step."""

__version__ = "0.1.0"
