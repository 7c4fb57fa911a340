"""Beside each organisation's slots how they were made, so that those of an older lexicon are made anew by themselves."""

from django.db import migrations

OWN = "mechanism_id = (select sild_mechanism()) and owner_id = (select sild_organisation())"

# `edition`: how its lines in the open stand or are being filed, those up to `upto` already (all where it is null); `closed`: those in
# compartments. No record: it says nothing but how far the program came
TABLE = [
    "create table linkage_slotedition (mechanism_id uuid not null, owner_id uuid not null, edition text not null, upto uuid,"
    " closed text not null, primary key (mechanism_id, owner_id))",
    "alter table linkage_slotedition enable row level security",
    "alter table linkage_slotedition force row level security",
    f"create policy scope_read on linkage_slotedition for select using ({OWN})",
    f"create policy scope_insert on linkage_slotedition for insert with check ({OWN})",
    f"create policy scope_update on linkage_slotedition for update using ({OWN}) with check ({OWN})",
    "grant select, insert, update on linkage_slotedition to sild_app",
    "insert into linkage_slotedition select distinct mechanism_id, owner_id, '', null::uuid, '' from register_line",
]


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0005_joined'),
        ('linkage', '0008_queue_quickly'),
    ]

    operations = [migrations.RunSQL([*TABLE], migrations.RunSQL.noop)]
