"""A page of any PDF to what is painted on it, and where: ISO 32000-2, read within bounds."""
