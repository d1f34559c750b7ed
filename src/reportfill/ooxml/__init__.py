"""Office Open XML packages (ISO/IEC 29500): what Word's and Excel's files have in common."""
