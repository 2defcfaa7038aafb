"""Artefacts made from a profile: schemas, views, data package, examples."""
