"""The first page of the desk: what waits for the one who looks."""
