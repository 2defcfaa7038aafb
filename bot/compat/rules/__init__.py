"""The rules: what each kind of change and each problem of a file is called, why it matters, and what to do."""
