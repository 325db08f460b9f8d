package io.github.takoapi;

import io.github.takoapi.v1.BatchDetailRequest;
import io.github.takoapi.v1.BatchDetailResponse;
import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.CatalogServiceGrpc;
import io.github.takoapi.v1.Item;
import io.github.takoapi.v1.LookupRequest;
import io.github.takoapi.v1.LookupResponse;
import io.github.takoapi.v1.SearchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.CompletableFuture;

/** Questions over several domains at once. */
public final class Catalog extends AbstractStub<Catalog> {
  Catalog(Channel channel, CallOptions options) {
    super(channel, options);
  }

  @Override
  protected Catalog build(Channel channel, CallOptions options) {
    return new Catalog(channel, options);
  }

  /** Searches several domains: one page. */
  public SearchResponse search(CatalogSearchRequest request) {
    return Calls.blocking(this, CatalogServiceGrpc.getSearchMethod(), request);
  }

  /** As {@link #search}, without waiting. */
  public CompletableFuture<SearchResponse> searchAsync(CatalogSearchRequest request) {
    return Calls.async(this, CatalogServiceGrpc.getSearchMethod(), request);
  }

  /** All pages of {@link #search}. */
  public Pages<SearchResponse, Item> searchAll(CatalogSearchRequest request) {
    return Pages.of(request, this::search, SearchResponse::getNextPageToken, SearchResponse::getItemsList);
  }

  /** Each provider's items the moment it answers, and what became of it. Close what you get. */
  public EventStream searchStream(CatalogSearchRequest request) {
    return new EventStream(this, request);
  }

  /** Details of many items; what fails fails alone, see {@link TakoException#of(com.google.rpc.Status)}. */
  public BatchDetailResponse batchDetail(BatchDetailRequest request) {
    return Calls.blocking(this, CatalogServiceGrpc.getBatchDetailMethod(), request);
  }

  /** As {@link #batchDetail}, without waiting. */
  public CompletableFuture<BatchDetailResponse> batchDetailAsync(BatchDetailRequest request) {
    return Calls.async(this, CatalogServiceGrpc.getBatchDetailMethod(), request);
  }

  /** What a code belongs to: a barcode, an ISBN, an id of another site. */
  public LookupResponse lookup(LookupRequest request) {
    return Calls.blocking(this, CatalogServiceGrpc.getLookupMethod(), request);
  }

  /** As {@link #lookup}, without waiting. */
  public CompletableFuture<LookupResponse> lookupAsync(LookupRequest request) {
    return Calls.async(this, CatalogServiceGrpc.getLookupMethod(), request);
  }
}
