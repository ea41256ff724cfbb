"""What we know: code systems, catalogue, search and the data they are read from."""
