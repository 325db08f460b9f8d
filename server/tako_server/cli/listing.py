"""Ask for a list, and print it page after page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tako_server.cli.screen import print_json, screen
from tako_server.cli.tables import print_groups, print_items, print_next_page, print_outcomes, print_terms

if TYPE_CHECKING:
    from google.protobuf.descriptor import MethodDescriptor
    from google.protobuf.message import Message

    from tako_server.cli.connection import Server


def print_pages(
    server: Server, method: MethodDescriptor, request: Message, *, domain: str, as_json: bool, pages: int = 1
) -> None:
    """Print up to ``pages`` pages of the answer, from the one that ``request`` asks for."""
    out = screen()
    for page in range(pages):
        answer, cache = server.ask(method, request)
        listed: Any = answer
        token = getattr(listed, "next_page_token", "")
        if as_json:
            print_json(answer)
        else:
            if page:
                out.print()
            if "terms" in answer.DESCRIPTOR.fields_by_name:
                print_terms(out, listed.terms)
            else:
                print_items(out, domain, listed.items)
                print_groups(out, getattr(listed, "groups", ()))
            print_outcomes(out, listed, cache)
        if not token:
            return
        if page + 1 < pages:
            setattr(request, "page_token", token)  # noqa: B010 - which of the twelve requests it is, nobody knows here
        elif not as_json:
            print_next_page(out, token)
