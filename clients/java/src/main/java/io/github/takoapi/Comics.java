package io.github.takoapi;

import io.github.takoapi.v1.ComicsDetailRequest;
import io.github.takoapi.v1.ComicsRelatedRequest;
import io.github.takoapi.v1.ComicsSearchRequest;
import io.github.takoapi.v1.ComicsServiceGrpc;
import io.github.takoapi.v1.ComicsTermsRequest;
import io.github.takoapi.v1.ComicsTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Comics: series, issues, people. */
public final class Comics
    extends Domain<
        Comics,
        ComicsSearchRequest,
        ComicsDetailRequest,
        ComicsTrendingRequest,
        ComicsRelatedRequest,
        ComicsTermsRequest> {
  Comics(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            ComicsServiceGrpc.getSearchMethod(),
            ComicsServiceGrpc.getDetailMethod(),
            ComicsServiceGrpc.getTrendingMethod(),
            ComicsServiceGrpc.getRelatedMethod(),
            ComicsServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Comics build(Channel channel, CallOptions options) {
    return new Comics(channel, options);
  }
}
