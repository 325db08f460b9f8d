package io.github.takoapi;

import io.github.takoapi.v1.VideoGamesDetailRequest;
import io.github.takoapi.v1.VideoGamesRelatedRequest;
import io.github.takoapi.v1.VideoGamesSearchRequest;
import io.github.takoapi.v1.VideoGamesServiceGrpc;
import io.github.takoapi.v1.VideoGamesTermsRequest;
import io.github.takoapi.v1.VideoGamesTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Video games and consoles. */
public final class VideoGames
    extends Domain<
        VideoGames,
        VideoGamesSearchRequest,
        VideoGamesDetailRequest,
        VideoGamesTrendingRequest,
        VideoGamesRelatedRequest,
        VideoGamesTermsRequest> {
  VideoGames(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            VideoGamesServiceGrpc.getSearchMethod(),
            VideoGamesServiceGrpc.getDetailMethod(),
            VideoGamesServiceGrpc.getTrendingMethod(),
            VideoGamesServiceGrpc.getRelatedMethod(),
            VideoGamesServiceGrpc.getTermsMethod()));
  }

  @Override
  protected VideoGames build(Channel channel, CallOptions options) {
    return new VideoGames(channel, options);
  }
}
