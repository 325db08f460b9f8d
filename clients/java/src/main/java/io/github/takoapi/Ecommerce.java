package io.github.takoapi;

import io.github.takoapi.v1.EcommerceDetailRequest;
import io.github.takoapi.v1.EcommerceRelatedRequest;
import io.github.takoapi.v1.EcommerceSearchRequest;
import io.github.takoapi.v1.EcommerceServiceGrpc;
import io.github.takoapi.v1.EcommerceTermsRequest;
import io.github.takoapi.v1.EcommerceTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Products of shops, and their prices. */
public final class Ecommerce
    extends Domain<
        Ecommerce,
        EcommerceSearchRequest,
        EcommerceDetailRequest,
        EcommerceTrendingRequest,
        EcommerceRelatedRequest,
        EcommerceTermsRequest> {
  Ecommerce(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            EcommerceServiceGrpc.getSearchMethod(),
            EcommerceServiceGrpc.getDetailMethod(),
            EcommerceServiceGrpc.getTrendingMethod(),
            EcommerceServiceGrpc.getRelatedMethod(),
            EcommerceServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Ecommerce build(Channel channel, CallOptions options) {
    return new Ecommerce(channel, options);
  }
}
