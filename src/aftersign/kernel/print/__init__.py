"""Forms on paper: set by Typst from data, with a font that knows Chinese, and with a code that leads to the record."""
