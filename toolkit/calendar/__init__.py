"""Working days of Kazakhstan, and the deadlines of the orders counted on them."""
