"""What the tests of rights stand on."""

from tests.access.standing import stage, standing_stage

__all__ = ["stage", "standing_stage"]
