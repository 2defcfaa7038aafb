"""The outside world: the only users of git, the file system and the service libraries."""
