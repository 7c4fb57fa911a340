"""What stands under /api/v1/."""

from sild.api.addresses import addresses
from sild.api.desk import desk

urlpatterns = addresses(desk)
