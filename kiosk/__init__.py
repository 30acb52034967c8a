"""The lobby kiosk: a guest of the console that it never shares a database with."""
