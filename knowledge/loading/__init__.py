"""Reads a content pack's files into a Cycle, and checks them. Imports programme and locales."""
