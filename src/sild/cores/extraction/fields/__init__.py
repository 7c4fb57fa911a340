"""Field readers: each takes plain text and says which number, unit, day, sum, body, marking or condition stands where.

Every find is a frozen record with character offsets into the text as given (`text[start:end]` is verbatim) and a confidence 0..1.
The words they know are data, in `lexicon/fields`; the code knows no language.
"""
