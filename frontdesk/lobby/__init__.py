"""The contract between kiosk and console: messages, sealing, the lobby folder."""
