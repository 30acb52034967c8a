"""Settings: look, this site, accounts, kiosks."""
