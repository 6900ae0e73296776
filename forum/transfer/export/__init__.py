"""Moving out: all that one person wrote and kept, as one archive of plain files."""

from forum.transfer.export.archive import export_of

__all__ = ["export_of"]
