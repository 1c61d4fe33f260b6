"""The calendar on the site: months, occasions, posting slots."""
