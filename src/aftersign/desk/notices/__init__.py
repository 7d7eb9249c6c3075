"""The pages of the notices: inbox with its threads, wishes, and how the mails stand."""
