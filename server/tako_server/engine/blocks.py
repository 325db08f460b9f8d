"""Recognising a bot wall by its page.

The signs are those of the walls' own scripts and wordings (see the error captures of amazon, coleka,
playmobil and transformerland). A sign must never occur on an ordinary page: login forms carry captchas and
shops carry the scripts of DataDome, so those only count where the page is otherwise bare. Cloudflare puts
`/challenge-platform/h/b/scripts/jsd/` into ordinary pages: its challenges have `orchestrate` there.
"""

from __future__ import annotations

from collections.abc import Mapping

_WALLS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("Cloudflare", (b"<title>just a moment...", b"<title>attention required! | cloudflare", b"_cf_chl_opt")),
    ("Cloudflare", (b"/challenge-platform/h/b/orchestrate/", b"/challenge-platform/h/g/orchestrate/")),
    ("AWS WAF", (b"awswafcookiedomainlist", b"awswafintegration.")),
    ("DataDome", (b"geo.captcha-delivery.com", b"ct.captcha-delivery.com")),
    ("PerimeterX", (b'id="px-captcha"',)),
    ("Akamai", (b"<title>access denied</title>",)),
    ("a bot check", (b"api-services-support@amazon.com", b"/errors/validatecaptcha", b'id="verifybtn"')),
)
_BARE_PAGE_SIGNS: tuple[bytes, ...] = (
    b"g-recaptcha",
    b"h-captcha",
    b"cf-turnstile",
    b"cf-chl-widget",
    b"_incapsula_resource",
)
_BARE_PAGE = 6_000
"""Bytes: a page that only asks for a human is shorter, an ordinary one that holds a captcha is longer."""
_LOOKED_AT = 100_000


def looks_like_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the body is an HTML page, whatever its content type says."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return True
    return start.startswith((b"<!--", b"<script")) and "html" in headers.get("content-type", "")


def may_be_html(headers: Mapping[str, str]) -> bool:
    """Whether the content type leaves it open that this is a page: an HTML parser makes a tree of anything."""
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return not content_type or content_type.startswith("text/") or content_type.endswith(("html", "xml"))


def wall(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """The name of the wall that this answer is, or None for an ordinary answer."""
    if headers.get("cf-mitigated") == "challenge":
        return "Cloudflare"
    if headers.get("x-amzn-waf-action") in ("challenge", "captcha"):
        return "AWS WAF"
    if not looks_like_html(headers, body):
        return None
    page = body[:_LOOKED_AT].lower()
    for name, signs in _WALLS:
        if any(sign in page for sign in signs):
            return name
    if (status in (403, 429, 503) or len(body) < _BARE_PAGE) and any(sign in page for sign in _BARE_PAGE_SIGNS):
        return "a captcha"
    return None
