"""The first start: which site, who administers it, and the recovery code on paper."""
