"""报表: what customers keep raising, week by week and month by month."""
