"""What became of each row of a filled-in sheet template stands beside the text of its message."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0012_word_of_wiping'),
    ]

    operations = [
        migrations.AddField(
            model_name='messagetext',
            name='book',
            field=models.CharField(blank=True, default='', max_length=32),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='sheet',
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name='messagetext',
            index=models.Index(condition=models.Q(('book', ''), _negated=True), fields=['mechanism_id', 'book'], name='text_by_book'),
        ),
    ]
