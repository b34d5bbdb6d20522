"""Exports, read back by parsers that follow what the systems' own sources say."""
