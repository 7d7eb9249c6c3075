"""What waits for somebody: their duties by when they are due, those of their department, and those they wait for."""

from aftersign.desk.queries.work.page import Asked, Desk, Work, desk_of, work_of
from aftersign.desk.queries.work.waiting import waiting

__all__ = ["Asked", "Desk", "Work", "desk_of", "waiting", "work_of"]
