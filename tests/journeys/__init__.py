"""Journeys of people through the whole application, in a browser, with their steps counted."""
