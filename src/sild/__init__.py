"""Sild, a coordination desk for international cyber assistance. This file is the map of the house.

Read from the top floor down; a file imports only what stands below it.

    __main__   starts the house: settings, the embedded database, then the command line
    config     settings of the framework, the server's entry
    web | api | cli   the doors: pages, routes and commands parse, call one action or read of a wing, and answer
    wings      what the desk does: parties, register, signals, diplomacy, linkage, clearance, screening, agreements, planning,
               outlook, delivery, money, attribution, intake, response, continuity, disclosure (each with the same rooms)
    kernel     what every wing stands on: actors and scope, actions with history and undo, access, pages and routes, jobs, the ledger
    vectors    texts as numbers: the bundled model in a process of its own, behind the sandbox's walls
    cores      the mathematics: extraction, linkage, allocation, screening, influence,
               attribution (problem -> method -> answer -> check)
    formats    bytes to plain records and back, hostile files in a sandbox
    postgres   the embedded database server and the doctor's findings
    custody    sealed files, keys split among officers, copies that their keeper cannot read
    sample     the exercise's inbox and register, as data
    values     money, quantity, marking, period, span, document: frozen plain Python

A ten-minute walk: wings/register/rules/ -> actions/gates.py -> pages/ (a need is endorsed: page, action, rule) -> kernel/scope.py (who sees
it) -> cores/allocation/problem -> method -> answer -> check.
"""

__version__ = "0.5.0"
