"""The tour: both programs driven by mouse and keys alone, the truth read off the screen and the paper."""
