"""What goes wrong: one line on stderr, and an exit code that a script can use."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
import trustme
from click.testing import CliRunner
from google.rpc import error_details_pb2

from tako.v1.answers_pb2 import SearchResponse
from tako_server.cli import main
from tests.cli.conftest import Refusal, Run, StandIn

BAD = error_details_pb2.BadRequest(
    field_violations=[error_details_pb2.BadRequest.FieldViolation(field="isbn", description="does not match")]
)
RETRY = error_details_pb2.RetryInfo()
RETRY.retry_delay.FromSeconds(300)
MISSING = error_details_pb2.PreconditionFailure(
    violations=[
        error_details_pb2.PreconditionFailure.Violation(
            type="SETTING", subject="TMDB_API_KEY", description="set TMDB_API_KEY"
        )
    ]
)
Code = grpc.StatusCode


@pytest.mark.parametrize(
    ("refusal", "exit_code", "line"),
    [
        (
            Refusal(Code.INVALID_ARGUMENT, "isbn: does not match", "INVALID_FIELD", BAD),
            4,
            "isbn: does not match (INVALID_FIELD)",
        ),
        (
            Refusal(Code.INVALID_ARGUMENT, "the request breaks a rule", "INVALID_FIELD", BAD),
            4,
            "the request breaks a rule; isbn: does not match (INVALID_FIELD)",
        ),
        (Refusal(Code.NOT_FOUND, "no such\nbook.", "ITEM_NOT_FOUND"), 3, "no such book (ITEM_NOT_FOUND)"),
        (
            Refusal(Code.UNAVAILABLE, "shelf is down", "PROVIDER_UNREACHABLE", RETRY),
            5,
            "shelf is down; try again in 5 min (PROVIDER_UNREACHABLE)",
        ),
        (
            Refusal(Code.FAILED_PRECONDITION, "tmdb needs a key", "PROVIDER_NOT_CONFIGURED", MISSING),
            5,
            "tmdb needs a key; set TMDB_API_KEY (PROVIDER_NOT_CONFIGURED)",
        ),
        (Refusal(Code.UNIMPLEMENTED, "no feeds", "OPERATION_UNSUPPORTED"), 4, "no feeds (OPERATION_UNSUPPORTED)"),
        (Refusal(Code.UNAUTHENTICATED, "wrong key", "API_KEY_INVALID"), 4, "wrong key (API_KEY_INVALID)"),
        (Refusal(Code.INTERNAL, "new shape", "PROVIDER_SHAPE_CHANGED"), 5, "new shape (PROVIDER_SHAPE_CHANGED)"),
        (Refusal(Code.UNKNOWN, "\x1b[2Jboom"), 1, "[2Jboom"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_line(refusal: Refusal, exit_code: int, line: str, tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = refusal
    result = tako("search", "books", "dune")
    assert result.stderr == f"Error: {line}\n"
    assert result.exit_code == exit_code
    assert result.stdout == ""


def test_no_server_says_how_to_start_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        result = CliRunner().invoke(main, ["search", "books", "dune", "--server", address])
    assert result.exit_code == 6
    assert result.stderr == (
        f"Error: no Tako server answers at {address}. Start one with `tako serve`, or name another with --server.\n"
    )


def test_tls_on_one_side_only_is_told() -> None:
    own = trustme.CA().issue_cert("127.0.0.1")
    server = grpc.server(ThreadPoolExecutor(1))
    credentials = grpc.ssl_server_credentials([(own.private_key_pem.bytes(), own.cert_chain_pems[0].bytes())])
    with_tls = f"127.0.0.1:{server.add_secure_port('127.0.0.1:0', credentials)}"
    without = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        for arguments, said in (
            ([with_tls], "If it speaks TLS, say --tls"),
            ([with_tls, "--tls"], "is not trusted here. --ca names one"),
            ([without, "--tls"], "does not speak TLS. Leave out --tls"),
        ):
            result = CliRunner().invoke(main, ["providers", "--server", *arguments])
            assert (result.exit_code, said in result.stderr) == (6, True), result.stderr
    finally:
        server.stop(None)


def test_another_kind_of_server_is_no_tako(tako: Run) -> None:
    result = tako("search", "books", "dune")  # the stand-in knows no method yet
    assert result.exit_code == 6
    assert "is it Tako" in result.stderr


def test_patience_ends(tako: Run, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = SearchResponse()
    stand_in.answers["BooksService/Search"] = slow
    serve = stand_in.service

    def sleepy(details: grpc.HandlerCallDetails) -> object:
        time.sleep(0.5)
        return serve(details)

    monkeypatch.setattr(stand_in, "service", sleepy)
    result = tako("search", "books", "dune", "--timeout", "0.1")
    assert result.exit_code == 5
    assert result.stderr == "Error: no answer within 0.1 s. --timeout waits longer.\n"


def test_ctrl_c_is_130(tako: Run, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tako_server.cli.connection.Server.ask", interrupted)
    assert tako("search", "books", "dune").exit_code == 130


def test_the_key_is_sent(tako: Run, stand_in: StandIn) -> None:
    stand_in.answers["BooksService/Search"] = SearchResponse()
    assert tako("search", "books", "dune", TAKO_API_KEY="sesame").exit_code == 0
    assert stand_in.metadata["x-api-key"] == "sesame"


def test_a_certificate_that_is_not_there_is_named(tako: Run) -> None:
    result = tako("search", "books", "dune", "--ca", "/nowhere.pem")
    assert result.exit_code == 2
    assert result.stderr == "Error: --ca /nowhere.pem: No such file or directory\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("search", "flims", "x"), "'flims' is not one of"),
        (("search", "books", "x", "--kind", "flim"), "'flim' is not one of building_set, part"),
        (("related", "a/book/1", "cousins"), "'cousins' is not one of seasons"),
        (("providers", "tmdb", "--domain", "media"), "--domain is for the list"),
        (("frobnicate",), "No such command 'frobnicate'"),
    ],
)
def test_wrong_usage_is_2(words: tuple[str, ...], complaint: str, tako: Run, stand_in: StandIn) -> None:
    result = tako(*words)
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert stand_in.asked == []
