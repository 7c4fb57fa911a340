"""The environment variables that the desk reads, each with its meaning. The reference page is made from this table."""

from __future__ import annotations

VARIABLES: dict[str, str] = {
    "SILD_HOME": "Directory that holds everything of one desk: database, originals, ledger, keys. Default: .sild in your home directory.",
    "DATABASE_URL": "postgresql://HOST:PORT/NAME of your own cluster, PostgreSQL 15 or newer; with ADMIN:PASSWORD@ before HOST only where"
    " roles are made (sild init). Default: the embedded server.",
    "SILD_BIND": "Set by `sild serve`: the address that it listens on. Demo people sign in where it is this machine's own (loopback).",
    "SILD_HOSTS": "Names by which the desk is asked for, with commas between; it answers to no other. Default: this machine's own.",
    "SILD_PROXIES": "How many proxies of yours stand before the desk, the innermost speaking TLS: they tell it of TLS and of addresses,"
    " and attempts are counted by the address before them. Default: 0.",
    "SILD_WATCH": "Folder whose files are taken in as they come, by `sild serve` and by `sild watch`; NAME=FOLDER says of which mechanism"
    " where the home holds several. Default: none.",
    "SILD_STANDBY": "refuse or go-on: the desk works on a primary with a standby (sild standby), acts are answered once the standby has"
    " them, and this is what happens where it is lost: writes are refused, or go on here alone. Default: there is no standby.",
    "SILD_SMTP": "Server by which acknowledgements are sent: smtps://USER@HOST:465, or smtp://USER@HOST:587 (STARTTLS). The password stands"
    " in the file keys/smtp.password of the home (0600). Default: nothing is sent.",
    "SILD_MAIL_FROM": "Address that acknowledgements come from, such as desk@desk.example.org; needed beside SILD_SMTP.",
    "SILD_SECOND_READER": "Address of your own language model, asked as a second reader (POST /chat/completions below it), such as"
    " https://reader.example.org/v1; http on this machine alone. Its key stands in the file keys/second-reader.key of the home (0600)."
    " Default: nothing is asked.",
    "SILD_SECOND_READER_MODEL": "Name of the model that is asked; needed beside SILD_SECOND_READER.",
    "SILD_SECOND_READER_UP_TO": "Highest marking of a message that the second reader is asked about: CLEAR, GREEN, AMBER, AMBER+STRICT or"
    " RED. Sealed messages and those in a compartment are never handed out. Default: CLEAR.",
    "SILD_VECTORS": "off: the bundled language model is not used, and lines in different languages are compared by their words alone."
    " Default: it is used where it is installed.",
    "SILD_WORDS": "Folder with words of your own for the reading of messages: one more language, or names that only your senders use"
    " (docs/how-to/add-a-language.md). Set it for every process of the desk. Default: none.",
    "SILD_TRACE": "Any value: after a fault of the program, print where it happened.",
    "NO_COLOR": "Any value: print without colour and without progress bars, as --plain does.",
    "SILD_REQUIRE": "For the test suite: what must be there (sandbox, browser, own-cluster, ocr, restic, shared); what is missing fails.",
}
