package io.github.takoapi;

import io.github.takoapi.v1.MusicDetailRequest;
import io.github.takoapi.v1.MusicRelatedRequest;
import io.github.takoapi.v1.MusicSearchRequest;
import io.github.takoapi.v1.MusicServiceGrpc;
import io.github.takoapi.v1.MusicTermsRequest;
import io.github.takoapi.v1.MusicTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Albums, tracks, artists, labels. */
public final class Music
    extends Domain<
        Music,
        MusicSearchRequest,
        MusicDetailRequest,
        MusicTrendingRequest,
        MusicRelatedRequest,
        MusicTermsRequest> {
  Music(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            MusicServiceGrpc.getSearchMethod(),
            MusicServiceGrpc.getDetailMethod(),
            MusicServiceGrpc.getTrendingMethod(),
            MusicServiceGrpc.getRelatedMethod(),
            MusicServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Music build(Channel channel, CallOptions options) {
    return new Music(channel, options);
  }
}
