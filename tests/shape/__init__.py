"""The rules of the house as tests: sizes, floors, templates, words, catalogues, documents."""
