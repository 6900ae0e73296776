"""The binding of a vertical book: its pages, which were set lying, stand up."""

import io

import pikepdf


def stand_up(data: bytes) -> bytes:
    """Return the PDF with each page turned to the right.

    It does not say that it is read from the right (`/Direction /R2L`): what shows pages side by side would then put the
    first one right, but the reader of PDF in Chromium takes it for Arabic, and copies Latin words backwards.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=False)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve, deterministic_id=True)
    return out.getvalue()
