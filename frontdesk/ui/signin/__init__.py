"""Signing in, the lock, and the recovery code on a computer that has no key."""
