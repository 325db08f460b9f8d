"""The files of the page: what they may do, how they are kept, how large they are."""

from __future__ import annotations

import re
from pathlib import Path

from tako_server.web.explorer import serving
from tests.e2e.serving import Served

FOLDER = Path(serving.__file__).parent / "page"


def test_no_text_can_become_html_or_script() -> None:
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|setHTMLUnsafe"
        r"|createContextualFragment|setTimeout\(\s*[\"'`]|setAttribute\(\s*[\"'](on|style|srcdoc)"
    )
    files = [*FOLDER.glob("*.js"), *FOLDER.glob("*.html")]
    assert len(files) > 20
    assert {path.name: sinks.findall(path.read_text()) for path in files if sinks.search(path.read_text())} == {}
    index = (FOLDER / "index.html").read_text()
    assert not re.search(r"\son\w+=|style=|<script>|javascript:|https?://", index)


def test_the_page_may_only_do_what_it_needs(samples: Served) -> None:
    for path in ("/", _part(samples)):
        headers = _headers(samples, path)
        policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
        assert policy == {
            "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' https:",
            "connect-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
            "require-trusted-types-for": "'script'", "trusted-types": "'none'",
        }  # fmt: skip
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]


def test_files_are_kept_for_ever_and_the_page_is_asked_for_with_its_tag(samples: Served) -> None:
    page = _headers(samples, "/")
    assert page["cache-control"] == "no-cache"
    again = samples.get("/", {"if-none-match": page["etag"]})
    assert (again.status, again.body) == (304, b"")
    part = _headers(samples, _part(samples))
    assert part["cache-control"] == "public, max-age=31536000, immutable"
    assert part["content-type"].startswith("text/javascript")
    other = re.sub(r"/explorer/[^/]+/", "/explorer/of-another-version/", _part(samples))
    assert _headers(samples, other)["cache-control"] == "no-cache"
    assert samples.get("/explorer/any/../../app.py").status == 404
    assert samples.get("/explorer/any/nothing.js").status == 404


def test_files_are_compressed_on_their_way(samples: Served) -> None:
    for coding in ("br", "gzip"):
        headers = _headers(samples, _part(samples), **{"accept-encoding": coding})
        assert headers["content-encoding"] == coding
        assert "etag" in headers


def _part(samples: Served) -> str:
    found = re.search(r'src="(/explorer/[^"]+/main\.js)"', samples.get("/").body.decode())
    assert found is not None
    return found[1]


def _headers(samples: Served, path: str, **sent: str) -> dict[str, str]:
    answer = samples.get(path, sent)
    assert answer.status == 200, path
    return {name.lower(): value for name, value in answer.headers.items()}
