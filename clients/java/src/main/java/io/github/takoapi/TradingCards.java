package io.github.takoapi;

import io.github.takoapi.v1.TradingCardsDetailRequest;
import io.github.takoapi.v1.TradingCardsRelatedRequest;
import io.github.takoapi.v1.TradingCardsSearchRequest;
import io.github.takoapi.v1.TradingCardsServiceGrpc;
import io.github.takoapi.v1.TradingCardsTermsRequest;
import io.github.takoapi.v1.TradingCardsTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Trading cards and their sets. */
public final class TradingCards
    extends Domain<
        TradingCards,
        TradingCardsSearchRequest,
        TradingCardsDetailRequest,
        TradingCardsTrendingRequest,
        TradingCardsRelatedRequest,
        TradingCardsTermsRequest> {
  TradingCards(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            TradingCardsServiceGrpc.getSearchMethod(),
            TradingCardsServiceGrpc.getDetailMethod(),
            TradingCardsServiceGrpc.getTrendingMethod(),
            TradingCardsServiceGrpc.getRelatedMethod(),
            TradingCardsServiceGrpc.getTermsMethod()));
  }

  @Override
  protected TradingCards build(Channel channel, CallOptions options) {
    return new TradingCards(channel, options);
  }
}
