"""Files: taken in by what they are, kept once under the digest of their bytes, and shown in pictures of our own."""
