"""登记簿: the registers as live lists."""
