"""The paper: templates and values in, PDF out."""
