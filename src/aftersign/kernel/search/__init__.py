"""Finding records by what people type: Chinese by any two characters, numbers by any part, people by their sounds."""
