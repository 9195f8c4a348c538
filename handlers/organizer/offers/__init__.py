"""Reads practices that people offered: asks back, accepts, declines, exports. Imports turn and participant.offers."""
