"""What every floor stands on: it knows no order and no policy."""
