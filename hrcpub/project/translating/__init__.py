"""The work of translators: what there is to translate, how far it is, files for it and from it."""
