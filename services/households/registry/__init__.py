"""The register of households: who lives where, with whom, since when."""
