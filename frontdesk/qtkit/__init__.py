"""The Qt that console and kiosk share: theme, parts, jobs, language, crash reports."""
