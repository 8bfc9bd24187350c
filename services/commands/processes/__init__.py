"""One process per service, kept running by the process that started them."""
