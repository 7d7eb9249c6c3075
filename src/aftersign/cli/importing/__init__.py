"""`aftersign import`: what other systems know, brought in through the same acts as everything else."""

from aftersign.cli.importing.command import import_group

__all__ = ["import_group"]
