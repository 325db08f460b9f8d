"""What is there without a question: services, reflection, health, providers."""

from __future__ import annotations

import pytest

from tests.e2e.serving import GrpcurlError, Served

SERVICES = {
    "tako.v1.AdminService",
    "tako.v1.AnimeMangaService",
    "tako.v1.BoardGamesService",
    "tako.v1.BooksService",
    "tako.v1.CatalogService",
    "tako.v1.CollectiblesService",
    "tako.v1.ComicsService",
    "tako.v1.ConstructionToysService",
    "tako.v1.EcommerceService",
    "tako.v1.MediaService",
    "tako.v1.MusicService",
    "tako.v1.ProviderService",
    "tako.v1.StickerAlbumsService",
    "tako.v1.TradingCardsService",
    "tako.v1.VideoGamesService",
}


def test_reflection_lists_every_service(samples: Served) -> None:
    listed = set(samples.grpcurl("list"))
    assert listed >= SERVICES
    assert {"grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"} <= listed


def test_reflection_describes_the_contract(samples: Served) -> None:
    described = samples.grpcurl("describe", None, "-msg-template")  # grpcurl's own order: verb behind the address
    assert described


@pytest.mark.parametrize("service", ["", *sorted(SERVICES)])
def test_each_service_is_healthy(samples: Served, service: str) -> None:
    assert samples.grpcurl("grpc.health.v1.Health/Check", {"service": service})["status"] == "SERVING"


def test_health_and_version_over_http(samples: Served) -> None:
    assert samples.get("/health").json["status"] == "SERVING"
    assert samples.get("/version").json["name"] == "tako"


def test_providers_tell_what_they_can_do(samples: Served) -> None:
    answer = samples.grpcurl("tako.v1.ProviderService/ListProviders", {})
    providers = {provider["id"]: provider for provider in answer["providers"]}
    assert {"openlibrary", "tmdb", "bgg", "mtg"} <= set(providers)
    tmdb = providers["tmdb"]
    assert tmdb["configured"] is True
    assert tmdb["attribution"]["text"]
    assert {"MOVIE", "SERIES", "PERSON"} <= {kind["kind"] for kind in tmdb["kinds"] if kind.get("searchDefault")}
    domains = {domain["id"]: domain for domain in answer["domains"]}
    assert len(domains) == 12
    assert domains["media"]["service"] == "tako.v1.MediaService"


def test_admin_is_off_without_a_token(samples: Served) -> None:
    with pytest.raises(GrpcurlError, match="admin token"):
        samples.grpcurl("tako.v1.AdminService/ListJobs", {})
    assert samples.get("/v1/admin/jobs").json["details"][0]["reason"] == "ADMIN_DISABLED"


def test_what_is_not_there_says_so(samples: Served) -> None:
    with pytest.raises(GrpcurlError, match="Unimplemented") as failure:
        samples.grpcurl("tako.v1.MusicService/Trending", {"feed": "SEASON"})
    assert "music" in str(failure.value)
