package io.github.takoapi;

import io.github.takoapi.v1.AnimeMangaDetailRequest;
import io.github.takoapi.v1.AnimeMangaRelatedRequest;
import io.github.takoapi.v1.AnimeMangaSearchRequest;
import io.github.takoapi.v1.AnimeMangaServiceGrpc;
import io.github.takoapi.v1.AnimeMangaTermsRequest;
import io.github.takoapi.v1.AnimeMangaTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Anime and manga. */
public final class AnimeManga
    extends Domain<
        AnimeManga,
        AnimeMangaSearchRequest,
        AnimeMangaDetailRequest,
        AnimeMangaTrendingRequest,
        AnimeMangaRelatedRequest,
        AnimeMangaTermsRequest> {
  AnimeManga(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            AnimeMangaServiceGrpc.getSearchMethod(),
            AnimeMangaServiceGrpc.getDetailMethod(),
            AnimeMangaServiceGrpc.getTrendingMethod(),
            AnimeMangaServiceGrpc.getRelatedMethod(),
            AnimeMangaServiceGrpc.getTermsMethod()));
  }

  @Override
  protected AnimeManga build(Channel channel, CallOptions options) {
    return new AnimeManga(channel, options);
  }
}
