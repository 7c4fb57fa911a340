"""What the readers say of a file, in the reader's language: why it could not be read, what was left out, what to do next.

The readers know no language but English, and what they said is kept as they said it. A sentence that stands in no list here is shown as
it was kept; a test holds that every sentence of the readers stands here.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

WHAT = (
    noop("it has more than {many} pages"),
    noop("it has more than {many} members"),
    noop("it has more than {many} parts"),
    noop("it has no text layer, and in its pictures of pages no text was found"),
    noop("it has no text layer, only pictures of pages: it needs OCR"),
    noop("it holds more than {many} characters"),
    noop("it holds more than {blocks} paragraphs and rows, or {many} characters"),
    noop("it holds no file {file}"),
    noop("it is XML data, not a letter or a sheet"),
    noop("it is a Word 97-2003 document (.doc)"),
    noop("it is a damaged OpenDocument text"),
    noop("it is a damaged PDF"),
    noop("it is a damaged Word document"),
    noop("it is a damaged workbook"),
    noop("it is a damaged workbook ({fault})"),
    noop("it is a damaged zip archive or Office file"),
    noop("it is a damaged Outlook message"),
    noop("it is a damaged winmail.dat"),
    noop("it is a form without any filled field"),
    noop("it is a mail without any text"),
    noop("it is a mailbox of several messages"),
    noop("it is a signature alone, or holds its content where nothing can take it out"),
    noop("it is a zip archive that holds no letter and no sheet"),
    noop("it is a {kind} file without any text"),
    noop("it is an archive within an archive within an archive"),
    noop("it is an old Office file of a kind that the desk does not read"),
    noop("it is an object of another program inside the message"),
    noop("it is empty"),
    noop("it is encrypted with a password"),
    noop("it is larger than {many} MB"),
    noop("it is nested too deep or too large to read"),
    noop("it is not a table that can be read ({fault})"),
    noop("it is not valid JSON ({fault})"),
    noop("it is {kind} in which no text was found"),
    noop("it is {kind}, which the desk does not read"),
    noop("it is {kind}: it needs OCR"),
    noop("it unpacks to more than {many} MB"),
    noop("its HTML is nested more than {many} deep"),
    noop("its HTML is too broken to read"),
    noop("its HTML opens tags that it never closes"),
    noop("its RTF is nested more than {many} deep"),
    noop("its XML declares a document type or entities, as only attacks do"),
    noop("its bytes are of no kind that the desk knows"),
    noop("its fields are nested more than {many} deep"),
    noop("its messages are nested more than {many} deep"),
    noop("its parts are nested more than {many} deep"),
    noop("its packed text is cut short"),
    noop("its packed text is damaged (it refers to what is not there)"),
    noop("its packed text is damaged (the checksum differs)"),
    noop("its packed text is larger than {many} MB"),
    noop("its reader gave an answer that is no document ({fault})"),
    noop("its reader gave more than {many} MB of text"),
    noop("its reader was stopped after {many} seconds"),
    noop("its reader crashed on it (signal {many})"),
    noop("its reader ended without an answer (code {many}), most likely for want of memory"),
    noop("its reader failed on it ({fault})"),
    noop("the sandbox itself stopped answering while reading it"),
    noop("the sandbox itself was brought down while reading it"),
    noop("its structure is too broken or too deep to read"),
    noop("its text is nested too deep"),
    noop("one of its pages is damaged"),
    noop("what unpacks it gave an answer that has no end"),
    noop("what unpacks it was stopped after {many} seconds"),
    noop("what unpacks it crashed on it (signal {many})"),
    noop("what unpacks it ended without an answer (code {many}), most likely for want of memory"),
    noop("a sheet in it spans more than {many} cells"),
    noop("{file} in it is packed more than {many} to 1 ({size} MB and more)"),
    noop("it carries files inside itself, which were not read"),
    noop("page {number} has no text layer and was not read (it may be a picture that needs OCR)"),
    noop("page {number} is a picture, read by text recognition ({sure} % sure): compare it with the original"),
    noop("the time for text recognition ran out; what is missing was not read"),
    noop("its delivery report for machines was not read"),
    noop("it is encrypted; its content was not read"),
    noop("its signature was not checked"),
    noop("its plain text says less than its HTML; the HTML was read"),
    noop("pictures inside its text were not read"),
    noop("what belongs to the looks of its page was not read"),
    noop("it is an archive; the files in it are read as if they had been attached themselves"),
    noop("reactions to its messages were left out"),
    noop("its dates do not tell whether day or month comes first; they were read as {first} first, then {other}"),
    noop("it has tracked changes; what was struck out was not read"),
    noop("sheet {sheet} is a chart or a macro sheet and was not read"),
    noop("sheet {sheet} is hidden in the workbook; it was read all the same"),
    noop("text that the page hides from its reader was left out"),
    noop("its end is damaged; what stands there was not read"),
    noop("text that is hidden or struck out was left out"),
    noop("its pictures were not read"),
    noop("comments in its margin were left out"),
    noop("it carries objects of other programs, which were not opened"),
    noop("it carries macros, which were not run"),
    noop("it has comments in the margin, which were not read"),
    noop("only the first {read} of {many} characters were read"),
    noop("bears the classification line {label}"),
    noop("no line was read from {quote}"),
    noop("It holds several messages: each is read by itself, and stands in the inbox under its own name."),
)
"""What is the matter with a file."""
NEXT = (
    noop("Ask for plain text or PDF"),
    noop("Ask for the inner message alone"),
    noop("Ask for the inner one alone"),
    noop("Ask the sender for .docx, .xlsx or .pdf"),
    noop("Ask the sender for a PDF"),
    noop("Ask the sender for a copy without a password"),
    noop("Ask the sender for a plainer file"),
    noop("Ask the sender for plain text or PDF"),
    noop("Ask the sender for the file itself"),
    noop("Ask the sender for the pages that matter"),
    noop("Ask the sender for the text itself, as mail, Word or PDF"),
    noop("Ask the sender to delete the empty rows and columns and save it again"),
    noop("Ask the sender to export the chat again, as JSON"),
    noop("Ask the sender to export the form again"),
    noop("Ask the sender to fill it in and send it again"),
    noop("Ask the sender to save and send it again"),
    noop("Ask the sender to save and send it again, or a PDF"),
    noop("Ask the sender to save it again without empty rows and pictures"),
    noop("Ask the sender to send it again"),
    noop("Ask the sender to send it again as plain text"),
    noop("Ask the sender to send it again, or the text itself"),
    noop("Ask the sender to send it in another format"),
    noop("Ask the sender to send its content in fewer files"),
    noop("Ask the sender to send the inner message alone"),
    noop("Ask the sender to split it into smaller files"),
    noop("Ask the sender to split it, or to send the text alone"),
    noop("Ask the sender what it is, and for mail, Word or PDF instead"),
    noop("Do not open it; ask the sender for a PDF"),
    noop("Look at it in the original"),
    noop("Look into the original"),
    noop("Put it into the inbox by itself; there its messages are read one by one"),
    noop("Save it again as CSV or .xlsx"),
    noop("Save it as .docx or .pdf and put it into the inbox again"),
    noop("Scan it with text recognition, or type it"),
    noop("Split it into smaller files"),
    noop("Type what it says, or have tesseract installed and put it in again"),
    noop("Unpack it and put its files into the inbox"),
    noop("Unpack it and put the files into the inbox one by one"),
    noop("Ask the sender to send it again, or save it as .eml"),
    noop("Ask the sender to send the mail again, as plain text or HTML"),
    noop("Ask the sender to send the text itself"),
    noop("Keep it away from other programs too; ask the sender for plain text or another format"),
)
"""What to do about it."""

_PLACE = re.compile(r"\\\{(\w+)\\\}")


def _pattern(clause: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(clause)), re.DOTALL)


_WHAT = {clause: _pattern(clause) for clause in WHAT}
_STEPS = {f"{clause}.": clause for clause in NEXT}


def in_words(said: str) -> str:
    """The sentence in the reader's language, the file's name before it as it stands."""
    clause, step = said, ""
    for ending, known in _STEPS.items():
        if said.endswith(f". {ending}"):
            clause, step = said.removesuffix(f". {ending}"), f". {_(known)}."
    # a name may hold the same signs: the shortest name before a sentence that is known
    for at in (0, *(found.end() for found in re.finditer(": ", clause))):
        for known, pattern in _WHAT.items():
            told = pattern.fullmatch(clause, at)
            if told is not None:
                return _named(clause[:at]) + _(known).format(**told.groupdict()) + step
    return clause + step


def _named(before: str) -> str:
    unread = _("could not be read")
    return before.replace(" could not be read: ", f" {unread}: ")
