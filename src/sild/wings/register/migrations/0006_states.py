"""What a gate ruled on, when a need was endorsed, and whether a letter takes it back."""

from typing import Any

from django.db import migrations, models


def endorsed(apps: Any, schema_editor: Any) -> None:
    """Take the day of endorsement from the last gate's newest ruling."""
    alias = schema_editor.connection.alias
    needs = apps.get_model("register", "Need")._default_manager.using(alias)
    rulings = apps.get_model("register", "GateRuling")._default_manager.using(alias)
    told = rulings.filter(gate="interagency-review", passed=True).order_by("created_at", "id")
    for need, day in dict(told.values_list("need_id", "ruled_on")).items():
        needs.filter(pk=need, state="endorsed").update(endorsed_on=day)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0005_joined'),
    ]

    operations = [
        migrations.AddField(
            model_name='gateruling',
            name='of',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='need',
            name='endorsed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='need',
            name='taken_back',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('taken_back', True)), fields=['created_at'], name='need_taken_back'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('state', 'endorsed')), fields=['endorsed_on'], name='need_endorsed_on'),
        ),
        migrations.RunPython(endorsed, migrations.RunPython.noop),
    ]
