"""The rules: pure Python over values, no clock, no database."""
