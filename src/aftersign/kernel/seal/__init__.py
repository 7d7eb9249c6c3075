"""Finished forms sealed as PDF with the company's certificate, outside of requests, and kept with their unit."""
