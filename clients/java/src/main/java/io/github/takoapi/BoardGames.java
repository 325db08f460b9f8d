package io.github.takoapi;

import io.github.takoapi.v1.BoardGamesDetailRequest;
import io.github.takoapi.v1.BoardGamesRelatedRequest;
import io.github.takoapi.v1.BoardGamesSearchRequest;
import io.github.takoapi.v1.BoardGamesServiceGrpc;
import io.github.takoapi.v1.BoardGamesTermsRequest;
import io.github.takoapi.v1.BoardGamesTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Board games. */
public final class BoardGames
    extends Domain<
        BoardGames,
        BoardGamesSearchRequest,
        BoardGamesDetailRequest,
        BoardGamesTrendingRequest,
        BoardGamesRelatedRequest,
        BoardGamesTermsRequest> {
  BoardGames(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            BoardGamesServiceGrpc.getSearchMethod(),
            BoardGamesServiceGrpc.getDetailMethod(),
            BoardGamesServiceGrpc.getTrendingMethod(),
            BoardGamesServiceGrpc.getRelatedMethod(),
            BoardGamesServiceGrpc.getTermsMethod()));
  }

  @Override
  protected BoardGames build(Channel channel, CallOptions options) {
    return new BoardGames(channel, options);
  }
}
