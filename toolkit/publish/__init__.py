"""Pages of agencies and their index, from an executed notebook to one file that needs no network."""
