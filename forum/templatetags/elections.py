"""What elections and petitions are about, in words. Output only, never a query."""

from django import template

from forum.models import Election, Petition
from forum.queries.elections import title_of
from forum.queries.petitions import title_of_petition

register = template.Library()


@register.simple_tag
def election_title(election: Election) -> str:
    """Return what the vote is about."""
    return title_of(election)


@register.simple_tag
def petition_title(petition: Petition) -> str:
    """Return what the petition asks for."""
    return title_of_petition(petition)
