"""Translations: PO files beside the materials to words in another language.

A translation of `materials/principles.yaml` into Spanish is `materials/i18n/es/principles.po`. Each
message has its slot for a context (`msgctxt "words.points.2.text"`), so a sentence that was written
anew keeps its translation, as one that has to be looked over.
"""
