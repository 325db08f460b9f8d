package io.github.takoapi;

import io.github.takoapi.v1.GetProviderRequest;
import io.github.takoapi.v1.GetProviderResponse;
import io.github.takoapi.v1.ListProvidersRequest;
import io.github.takoapi.v1.ListProvidersResponse;
import io.github.takoapi.v1.ProviderServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.CompletableFuture;

/** What each provider can do, and whether it can do it here. */
public final class Providers extends AbstractStub<Providers> {
  Providers(Channel channel, CallOptions options) {
    super(channel, options);
  }

  @Override
  protected Providers build(Channel channel, CallOptions options) {
    return new Providers(channel, options);
  }

  /** All providers, or those that are asked for. */
  public ListProvidersResponse listProviders(ListProvidersRequest request) {
    return Calls.blocking(this, ProviderServiceGrpc.getListProvidersMethod(), request);
  }

  /** As {@link #listProviders}, without waiting. */
  public CompletableFuture<ListProvidersResponse> listProvidersAsync(ListProvidersRequest request) {
    return Calls.async(this, ProviderServiceGrpc.getListProvidersMethod(), request);
  }

  /** One provider. */
  public GetProviderResponse getProvider(GetProviderRequest request) {
    return Calls.blocking(this, ProviderServiceGrpc.getGetProviderMethod(), request);
  }

  /** As {@link #getProvider}, without waiting. */
  public CompletableFuture<GetProviderResponse> getProviderAsync(GetProviderRequest request) {
    return Calls.async(this, ProviderServiceGrpc.getGetProviderMethod(), request);
  }
}
