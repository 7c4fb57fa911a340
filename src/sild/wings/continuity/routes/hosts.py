"""Hosts for programs: listed, read, written down, their places kept sealed."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.values.marking import Marking
from sild.wings.continuity import schemas
from sild.wings.continuity.actions import WORKERS, mend_host, record_host, seal_place
from sild.wings.continuity.reads import HOST, host_record, list_hosts, sealed_place
from sild.wings.continuity.routes.inventory import told
from sild.wings.continuity.routes.mount import router

ONE = {"host": HOST}


@route(router, "get", "/hosts", roles=WORKERS, answer=Listed[schemas.HostItem])
def list_all_hosts(actor: Actor, wanted: Query[schemas.WantedHosts]) -> Cut:
    """The hosts that you see, the newest first."""
    found, after = list_hosts(actor, state=wanted.state, country=wanted.country, after=wanted.key, limit=wanted.limit)
    return Cut(items=[told(schemas.HostItem, row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/hosts/{host}", roles=WORKERS, answer=schemas.WholeHost, subjects=ONE)
def read_host(actor: Actor, host: UUID) -> schemas.WholeHost:
    """A host with its sealed place, which only those can open for whom it was sealed."""
    seen = host_record(actor, host)
    alike = ("access", "exit_terms", "note", "sealed_for", "sealed_at")
    return schemas.WholeHost(
        host=told(schemas.HostItem, seen.row),
        **{name: getattr(seen, name) for name in alike},
        sealed_place=sealed_place(actor, host),
        objections=[one.id for one in seen.objections],
    )


@route(router, "post", "/hosts", roles=WORKERS, answer=Made)
def record_new_host(actor: Actor, new: schemas.HostToRecord) -> Made:
    """Write a host down, of an offer of the register or of none."""
    made = record_host(
        actor,
        new.facts(),
        offer=new.offer,
        marking=Marking.parse(new.marking),
        compartment=new.compartment,
        reason=new.reason,
    )
    return Made(id=made)


@route(router, "put", "/hosts/{host}", roles=WORKERS, answer=None, status=204, subjects=ONE)
def mend_one_host(actor: Actor, host: UUID, new: schemas.HostToMend) -> None:
    """Say anew all that is said of a host, but for its place."""
    mend_host(actor, host, new.facts(), version=new.version, reason=new.reason)


@route(router, "put", "/hosts/{host}/place", roles=WORKERS, answer=None, status=204, subjects=ONE)
def keep_sealed_place(actor: Actor, host: UUID, new: schemas.PlaceToSeal) -> None:
    """Keep where a host stands, as it came sealed; the desk cannot open it."""
    seal_place(actor, host, new.sealed(), version=new.version, reason=new.reason)
