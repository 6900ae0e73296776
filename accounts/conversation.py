"""What is asked of the OpenID Connect provider, and what happens when it does not answer."""

import logging
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import render

LONGEST = 10  # seconds that the provider may take
logger = logging.getLogger(__name__)


class Conversation(requests.Session):
    """What is asked of the provider. When it does not answer rightly, a page says so instead of an error."""

    def __init__(self, request: HttpRequest) -> None:
        """Take the request that is answered meanwhile."""
        super().__init__()
        self.asked_by = request

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the provider's answer. Raises ImmediateHttpResponse, which the library answers with."""
        try:
            answer = super().request(*args, **{"timeout": LONGEST, **kwargs})
            answer.raise_for_status()
        except requests.RequestException as problem:
            logger.warning("The OpenID Connect provider: %s", problem)
            page = render(self.asked_by, "socialaccount/authentication_error.html", status=502)
            raise ImmediateHttpResponse(page) from problem
        return answer
