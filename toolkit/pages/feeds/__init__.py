"""Feeds of the site: calendars to subscribe to (iCalendar), news to follow (Atom), and the page that names them."""
