"""The sides of the settings page, as `navigate("settings", side=…)` names them."""

GENERAL, SITE_DATA = "general", "site_data"
