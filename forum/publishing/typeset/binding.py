"""The binding of a vertical book: its pages, which were set lying, stand up, and it opens to the right."""

import io

import pikepdf


def stand_up(data: bytes) -> bytes:
    """Return the PDF with each page turned to the right, and its pages bound on the right side."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=False)
        preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        preferences["/Direction"] = pikepdf.Name.R2L
        pdf.Root["/ViewerPreferences"] = preferences
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve, deterministic_id=True)
    return out.getvalue()
