"""The document types of the booklet, written with the same interface as anybody's: `typed`."""
