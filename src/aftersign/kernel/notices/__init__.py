"""What people are told, and how: facts and the clock become rows of an inbox, and mails that go out once."""
