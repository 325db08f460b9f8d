package io.github.takoapi;

import io.github.takoapi.v1.ConstructionToysDetailRequest;
import io.github.takoapi.v1.ConstructionToysRelatedRequest;
import io.github.takoapi.v1.ConstructionToysSearchRequest;
import io.github.takoapi.v1.ConstructionToysServiceGrpc;
import io.github.takoapi.v1.ConstructionToysTermsRequest;
import io.github.takoapi.v1.ConstructionToysTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Building sets, parts, minifigures and other construction toys. */
public final class ConstructionToys
    extends Domain<
        ConstructionToys,
        ConstructionToysSearchRequest,
        ConstructionToysDetailRequest,
        ConstructionToysTrendingRequest,
        ConstructionToysRelatedRequest,
        ConstructionToysTermsRequest> {
  ConstructionToys(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            ConstructionToysServiceGrpc.getSearchMethod(),
            ConstructionToysServiceGrpc.getDetailMethod(),
            ConstructionToysServiceGrpc.getTrendingMethod(),
            ConstructionToysServiceGrpc.getRelatedMethod(),
            ConstructionToysServiceGrpc.getTermsMethod()));
  }

  @Override
  protected ConstructionToys build(Channel channel, CallOptions options) {
    return new ConstructionToys(channel, options);
  }
}
