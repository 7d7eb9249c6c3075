"""A hundred acts a second on one company: who acts, what they do, and what the journal must say of it afterwards."""
