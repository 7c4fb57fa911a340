"""Starts the framework. Imported first, before any wing: tables are known from then on."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sild.config.settings")
django.setup()
