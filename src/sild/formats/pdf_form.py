"""What people typed into the fields of a PDF form: it stands in no text layer."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from sild.formats.place import Place
from sild.values.document import Block

_MOST_FIELDS = 2_000
_READ_KINDS = frozenset(
    {
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
        pdfium.FPDF_FORMFIELD_CHECKBOX,
        pdfium.FPDF_FORMFIELD_RADIOBUTTON,
    }
)


def page_fields(document: Any, page: Any, number: int, place: Place, seen: set[str]) -> list[Block]:
    """The filled fields of one page, each name once in the document (`seen` is kept by the caller); none where there is no form."""
    if not document.formenv:
        return []
    blocks = []
    for index in range(min(_MOST_FIELDS, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            name, value = _field(document.formenv.raw, annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if value and name not in seen:
            seen.add(name)
            name = name or f"field {len(seen)}"
            blocks.append(Block(kind="field", text=value, locator=place.field(name), name=name, page=number))
    return blocks


def _field(form: Any, annotation: Any) -> tuple[str, str]:
    """Name and value of a form field; empty where the annotation is something else or the field is not filled."""
    if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
        return "", ""
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _READ_KINDS:
        return "", ""
    value = _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    return _text(pdfium.FPDFAnnot_GetFormFieldName, form, annotation), "" if value == "Off" else value


def _text(ask: Any, form: Any, annotation: Any) -> str:
    length = min(ask(form, annotation, None, 0), 200_000)
    if length < 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n").strip()
