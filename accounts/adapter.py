"""How the account library meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.limits import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Our way of knowing addresses and of saying little."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which sign-in and sign-up are limited: the same as everywhere."""
        return client_address(request)
