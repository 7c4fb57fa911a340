"""An act keeps in which roles it was done; a record is changed by its owner alone, but for those that readers answer."""

import django.contrib.postgres.fields
from django.db import migrations, models

from sild.kernel.scope import OWN, WRITTEN_BY_READERS

# policies that are there already; a table that is made later gets this from its own migration
OWNERS_WRITE = f"""do $$ declare policy record; begin
  for policy in select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
                where p.polname = 'scope_update' and c.relname not in ({", ".join(f"'{name}'" for name in WRITTEN_BY_READERS)})
  loop
    execute format($own$alter policy scope_update on %I using ({OWN}) with check ({OWN})$own$, policy.name);
  end loop;
end $$"""


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0007_closing"),
        ("intake", "0006_drafts_of_message"),
        ("linkage", "0002_access"),
        ("parties", "0002_access"),
        ("planning", "0003_outcome"),
        ("register", "0003_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="act",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None),
        ),
        migrations.RunSQL([OWNERS_WRITE], migrations.RunSQL.noop),
    ]
