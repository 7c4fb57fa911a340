"""The second reader: what an operator's own language model is asked, and the door through which its answer must pass.

Nothing here talks to a network. An answer can only propose fields whose words stand in the message; it accepts nothing.
"""

from sild.cores.extraction.second.comparison import FirstLine, Opinion, opinions
from sild.cores.extraction.second.door import Admitted, AdmittedField, AdmittedLine, admit
from sild.cores.extraction.second.prompt import Question, TooLong, question_of
from sild.cores.extraction.second.told import Malformed, ToldField, ToldLine, told_lines

__all__ = [
    "Admitted",
    "AdmittedField",
    "AdmittedLine",
    "FirstLine",
    "Malformed",
    "Opinion",
    "Question",
    "ToldField",
    "ToldLine",
    "TooLong",
    "admit",
    "opinions",
    "question_of",
    "told_lines",
]
