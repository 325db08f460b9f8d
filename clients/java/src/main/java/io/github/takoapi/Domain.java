package io.github.takoapi;

import com.google.protobuf.Message;
import io.github.takoapi.v1.DetailResponse;
import io.github.takoapi.v1.Item;
import io.github.takoapi.v1.RelatedResponse;
import io.github.takoapi.v1.SearchResponse;
import io.github.takoapi.v1.Term;
import io.github.takoapi.v1.TermsResponse;
import io.github.takoapi.v1.TrendingResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.CompletableFuture;

/**
 * The five operations of one domain. They answer alike everywhere; each domain has questions of its own. As with every
 * stub, {@code withDeadlineAfter} and its neighbours give a copy that differs.
 *
 * @param <Self> the domain itself
 * @param <S> question of Search
 * @param <D> question of Detail
 * @param <T> question of Trending
 * @param <R> question of Related
 * @param <V> question of Terms
 */
public abstract class Domain<
        Self extends Domain<Self, S, D, T, R, V>,
        S extends Message,
        D extends Message,
        T extends Message,
        R extends Message,
        V extends Message>
    extends AbstractStub<Self> {
  /** The methods of a domain's service. */
  record Methods<S, D, T, R, V>(
      MethodDescriptor<S, SearchResponse> search,
      MethodDescriptor<D, DetailResponse> detail,
      MethodDescriptor<T, TrendingResponse> trending,
      MethodDescriptor<R, RelatedResponse> related,
      MethodDescriptor<V, TermsResponse> terms) {}

  private final Methods<S, D, T, R, V> methods;

  Domain(Channel channel, CallOptions options, Methods<S, D, T, R, V> methods) {
    super(channel, options);
    this.methods = methods;
  }

  /** Items for words and filters: one page. */
  public SearchResponse search(S request) {
    return Calls.blocking(this, methods.search, request);
  }

  /** As {@link #search}, without waiting. */
  public CompletableFuture<SearchResponse> searchAsync(S request) {
    return Calls.async(this, methods.search, request);
  }

  /** All pages of {@link #search}. */
  public Pages<SearchResponse, Item> searchAll(S request) {
    return Pages.of(request, this::search, SearchResponse::getNextPageToken, SearchResponse::getItemsList);
  }

  /** All that is known of one item. */
  public DetailResponse detail(D request) {
    return Calls.blocking(this, methods.detail, request);
  }

  /** As {@link #detail}, without waiting. */
  public CompletableFuture<DetailResponse> detailAsync(D request) {
    return Calls.async(this, methods.detail, request);
  }

  /** A list of what is popular, new, to come: one page. */
  public TrendingResponse trending(T request) {
    return Calls.blocking(this, methods.trending, request);
  }

  /** As {@link #trending}, without waiting. */
  public CompletableFuture<TrendingResponse> trendingAsync(T request) {
    return Calls.async(this, methods.trending, request);
  }

  /** All pages of {@link #trending}. */
  public Pages<TrendingResponse, Item> trendingAll(T request) {
    return Pages.of(request, this::trending, TrendingResponse::getNextPageToken, TrendingResponse::getItemsList);
  }

  /** What belongs to one item, such as its parts, cast or editions: one page. */
  public RelatedResponse related(R request) {
    return Calls.blocking(this, methods.related, request);
  }

  /** As {@link #related}, without waiting. */
  public CompletableFuture<RelatedResponse> relatedAsync(R request) {
    return Calls.async(this, methods.related, request);
  }

  /** All pages of {@link #related}. */
  public Pages<RelatedResponse, Item> relatedAll(R request) {
    return Pages.of(request, this::related, RelatedResponse::getNextPageToken, RelatedResponse::getItemsList);
  }

  /** A vocabulary of one provider, what its filters take: one page. */
  public TermsResponse terms(V request) {
    return Calls.blocking(this, methods.terms, request);
  }

  /** As {@link #terms}, without waiting. */
  public CompletableFuture<TermsResponse> termsAsync(V request) {
    return Calls.async(this, methods.terms, request);
  }

  /** All pages of {@link #terms}. */
  public Pages<TermsResponse, Term> termsAll(V request) {
    return Pages.of(request, this::terms, TermsResponse::getNextPageToken, TermsResponse::getTermsList);
  }
}
