"""The interface for programs: the rooms' routers put together under one address, and their description."""
