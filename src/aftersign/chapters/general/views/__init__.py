"""Pages of the general chapter: what people do to a duty, a gate or a fact, and the requests that come of it."""
