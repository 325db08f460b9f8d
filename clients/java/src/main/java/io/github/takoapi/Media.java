package io.github.takoapi;

import io.github.takoapi.v1.MediaDetailRequest;
import io.github.takoapi.v1.MediaRelatedRequest;
import io.github.takoapi.v1.MediaSearchRequest;
import io.github.takoapi.v1.MediaServiceGrpc;
import io.github.takoapi.v1.MediaTermsRequest;
import io.github.takoapi.v1.MediaTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Films, series and people. */
public final class Media
    extends Domain<
        Media,
        MediaSearchRequest,
        MediaDetailRequest,
        MediaTrendingRequest,
        MediaRelatedRequest,
        MediaTermsRequest> {
  Media(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            MediaServiceGrpc.getSearchMethod(),
            MediaServiceGrpc.getDetailMethod(),
            MediaServiceGrpc.getTrendingMethod(),
            MediaServiceGrpc.getRelatedMethod(),
            MediaServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Media build(Channel channel, CallOptions options) {
    return new Media(channel, options);
  }
}
