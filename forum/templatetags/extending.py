"""The tag `extends`: which blocks a template has is looked up once."""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.loader_tags import BlockNode, ExtendsNode, do_extends

register = template.Library()


class _Nodes(NodeList):
    """The nodes of a template, which remember the blocks among them; Django looks through all of them for each page."""

    blocks: list[Node] | None = None

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Any]:
        """Return the nodes of that type."""
        if nodetype is not BlockNode:
            return super().get_nodes_by_type(nodetype)
        if self.blocks is None:
            self.blocks = super().get_nodes_by_type(nodetype)
        return self.blocks


class KnownExtendsNode(ExtendsNode):
    """Django's node, with a parent whose blocks are known."""

    def get_parent(self, context: template.Context) -> Template:
        """Return the template that is extended."""
        parent = super().get_parent(context)
        if isinstance(parent, Template) and type(parent.nodelist) is NodeList:
            parent.nodelist = _Nodes(parent.nodelist)
        return parent


@register.tag
def extends(parser: Parser, token: Token) -> ExtendsNode:
    """Read the tag as Django does."""
    node = do_extends(parser, token)
    return KnownExtendsNode(node.nodelist, node.parent_name)
