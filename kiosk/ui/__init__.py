"""The lobby screen: pages of widgets, driven by the flow."""
