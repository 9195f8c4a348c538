"""Reads words of attendance and participants' reports; codes and draws certificates. Imports programme, text."""
