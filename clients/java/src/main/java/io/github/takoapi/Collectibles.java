package io.github.takoapi;

import io.github.takoapi.v1.CollectiblesDetailRequest;
import io.github.takoapi.v1.CollectiblesRelatedRequest;
import io.github.takoapi.v1.CollectiblesSearchRequest;
import io.github.takoapi.v1.CollectiblesServiceGrpc;
import io.github.takoapi.v1.CollectiblesTermsRequest;
import io.github.takoapi.v1.CollectiblesTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Figures and other collectibles. */
public final class Collectibles
    extends Domain<
        Collectibles,
        CollectiblesSearchRequest,
        CollectiblesDetailRequest,
        CollectiblesTrendingRequest,
        CollectiblesRelatedRequest,
        CollectiblesTermsRequest> {
  Collectibles(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            CollectiblesServiceGrpc.getSearchMethod(),
            CollectiblesServiceGrpc.getDetailMethod(),
            CollectiblesServiceGrpc.getTrendingMethod(),
            CollectiblesServiceGrpc.getRelatedMethod(),
            CollectiblesServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Collectibles build(Channel channel, CallOptions options) {
    return new Collectibles(channel, options);
  }
}
