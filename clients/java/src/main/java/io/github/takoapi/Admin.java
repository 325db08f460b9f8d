package io.github.takoapi;

import io.github.takoapi.v1.AdminServiceGrpc;
import io.github.takoapi.v1.DisableProviderRequest;
import io.github.takoapi.v1.DisableProviderResponse;
import io.github.takoapi.v1.EnableProviderRequest;
import io.github.takoapi.v1.EnableProviderResponse;
import io.github.takoapi.v1.GetCacheStatsRequest;
import io.github.takoapi.v1.GetCacheStatsResponse;
import io.github.takoapi.v1.ListJobsRequest;
import io.github.takoapi.v1.ListJobsResponse;
import io.github.takoapi.v1.PurgeCacheRequest;
import io.github.takoapi.v1.PurgeCacheResponse;
import io.github.takoapi.v1.RefreshExpiredRequest;
import io.github.takoapi.v1.RefreshExpiredResponse;
import io.github.takoapi.v1.RefreshProviderRequest;
import io.github.takoapi.v1.RefreshProviderResponse;
import io.github.takoapi.v1.RunJobRequest;
import io.github.takoapi.v1.RunJobResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.CompletableFuture;

/** For whoever runs the server; needs the admin token. */
public final class Admin extends AbstractStub<Admin> {
  Admin(Channel channel, CallOptions options) {
    super(channel, options);
  }

  @Override
  protected Admin build(Channel channel, CallOptions options) {
    return new Admin(channel, options);
  }

  /** Tells what the cache holds. */
  public GetCacheStatsResponse getCacheStats(GetCacheStatsRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getGetCacheStatsMethod(), request);
  }

  /** As {@link #getCacheStats}, without waiting. */
  public CompletableFuture<GetCacheStatsResponse> getCacheStatsAsync(GetCacheStatsRequest request) {
    return Calls.async(this, AdminServiceGrpc.getGetCacheStatsMethod(), request);
  }

  /** Asks upstream again for all that the cache holds of one provider. */
  public RefreshProviderResponse refreshProvider(RefreshProviderRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getRefreshProviderMethod(), request);
  }

  /** As {@link #refreshProvider}, without waiting. */
  public CompletableFuture<RefreshProviderResponse> refreshProviderAsync(RefreshProviderRequest request) {
    return Calls.async(this, AdminServiceGrpc.getRefreshProviderMethod(), request);
  }

  /** Asks upstream again for entries that have expired, or for all. */
  public RefreshExpiredResponse refreshExpired(RefreshExpiredRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getRefreshExpiredMethod(), request);
  }

  /** As {@link #refreshExpired}, without waiting. */
  public CompletableFuture<RefreshExpiredResponse> refreshExpiredAsync(RefreshExpiredRequest request) {
    return Calls.async(this, AdminServiceGrpc.getRefreshExpiredMethod(), request);
  }

  /** Removes entries from the cache. */
  public PurgeCacheResponse purgeCache(PurgeCacheRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getPurgeCacheMethod(), request);
  }

  /** As {@link #purgeCache}, without waiting. */
  public CompletableFuture<PurgeCacheResponse> purgeCacheAsync(PurgeCacheRequest request) {
    return Calls.async(this, AdminServiceGrpc.getPurgeCacheMethod(), request);
  }

  /** Lists the jobs. */
  public ListJobsResponse listJobs(ListJobsRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getListJobsMethod(), request);
  }

  /** As {@link #listJobs}, without waiting. */
  public CompletableFuture<ListJobsResponse> listJobsAsync(ListJobsRequest request) {
    return Calls.async(this, AdminServiceGrpc.getListJobsMethod(), request);
  }

  /** Runs a job now. */
  public RunJobResponse runJob(RunJobRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getRunJobMethod(), request);
  }

  /** As {@link #runJob}, without waiting. */
  public CompletableFuture<RunJobResponse> runJobAsync(RunJobRequest request) {
    return Calls.async(this, AdminServiceGrpc.getRunJobMethod(), request);
  }

  /** Switches a provider on. */
  public EnableProviderResponse enableProvider(EnableProviderRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getEnableProviderMethod(), request);
  }

  /** As {@link #enableProvider}, without waiting. */
  public CompletableFuture<EnableProviderResponse> enableProviderAsync(EnableProviderRequest request) {
    return Calls.async(this, AdminServiceGrpc.getEnableProviderMethod(), request);
  }

  /** Switches a provider off. */
  public DisableProviderResponse disableProvider(DisableProviderRequest request) {
    return Calls.blocking(this, AdminServiceGrpc.getDisableProviderMethod(), request);
  }

  /** As {@link #disableProvider}, without waiting. */
  public CompletableFuture<DisableProviderResponse> disableProviderAsync(DisableProviderRequest request) {
    return Calls.async(this, AdminServiceGrpc.getDisableProviderMethod(), request);
  }
}
