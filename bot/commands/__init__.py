"""One verb a file: a typed request and the ports go in, an outcome comes out."""
