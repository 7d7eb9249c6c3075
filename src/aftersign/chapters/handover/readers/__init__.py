"""What follows from the facts of the handover outside of its acts: people are told, and an accepted form is sealed."""

from aftersign.chapters.handover.readers.sealing import register
from aftersign.chapters.handover.readers.telling import offer

__all__ = ["offer", "register"]
