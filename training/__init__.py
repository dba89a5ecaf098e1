"""How the weights of the line model are made; nothing here is needed to build an archive."""
