"""The pictures of a PDF as files: a JPEG as it is, any other as PNG."""

from __future__ import annotations

from io import BytesIO

from pypdfium2 import PdfBitmap, PdfImage, PdfMatrix


def picture_file(picture: PdfImage) -> tuple[str, bytes]:
    """The suffix and the content of a picture's file, as large as it is in itself, with what is transparent in it."""
    (width, height), place = picture.get_px_size(), picture.get_matrix()
    picture.set_matrix(PdfMatrix(width, 0, 0, height))
    bitmap = picture.get_bitmap(render=True, scale_to_original=False)
    picture.set_matrix(place)
    is_opaque = bitmap.to_pil().getextrema()[-1] == (255, 255)
    is_jpeg = picture.get_filters() == ["DCTDecode"] and is_opaque
    return ("jpg", bytes(picture.get_data())) if is_jpeg else png(bitmap)


def png(bitmap: PdfBitmap) -> tuple[str, bytes]:
    """The suffix and the content of the file of some pixels."""
    file = BytesIO()
    bitmap.to_pil().save(file, "PNG")
    return "png", file.getvalue()
