"""The text of a report: its title, headings and paragraphs, and the page on which it stands."""

from .report_package import EVEN_FOOTER, ODD_FOOTER
from .report_styles import HEADING, RUN_IN_HEADING, TITLE
from .wordprocessing import paragraph, run, section_properties

# So many characters of 22 pt fill a line of 156 mm.
CHARACTERS_OF_THE_TITLE_ON_A_LINE = 20


def report_title(behind_the_year: str, characters: int = CHARACTERS_OF_THE_TITLE_ON_A_LINE) -> str:
    """The agency's name, and the year with what follows it, on one line or on a line each, or more where the name is
    long. With one character fewer a full line of digits and Chinese also fits in LibreOffice 7.4.7, which puts space
    between them whatever the style says (findings/libreoffice-spaces-beside-digits.sh)."""
    phrases = f"[agency.name, year ~ '{behind_the_year}']"
    return paragraph(run(f"{{{{ {phrases} | title_lines({characters}) }}}}"), style=TITLE)


def heading(text: str) -> str:
    """A heading of the first level."""
    return paragraph(run(text), style=HEADING)


def paragraphs(path: str) -> str:
    """The paragraphs of a field."""
    return looped(path, paragraph(run("{{ paragraph }}")))


def run_in_part(title: str, path: str) -> str:
    """A part whose heading stands at the beginning of its first paragraph."""
    beginning = run(f"{title}：", RUN_IN_HEADING)
    return looped(path, paragraph(run("{% if loop.first %}"), beginning, run("{% endif %}{{ paragraph }}")))


def looped(path: str, content: str) -> str:
    """Tags that repeat a Word paragraph for each paragraph of a field."""
    begin = paragraph(run(f"{{%p for paragraph in {path} %}}"))
    return f"{begin}{content}{paragraph(run('{%p endfor %}'))}"


def section(headers: tuple[str, ...] = ()) -> str:
    """A4, the type area of GB/T 9704: 156 by 225 mm with 22 lines; page numbers 7 mm below it."""
    margins = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 25.5, "gutter": 0}
    return section_properties(210, 297, margins, headers=headers, footers=(ODD_FOOTER, EVEN_FOOTER))
