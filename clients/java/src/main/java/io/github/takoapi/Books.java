package io.github.takoapi;

import io.github.takoapi.v1.BooksDetailRequest;
import io.github.takoapi.v1.BooksRelatedRequest;
import io.github.takoapi.v1.BooksSearchRequest;
import io.github.takoapi.v1.BooksServiceGrpc;
import io.github.takoapi.v1.BooksTermsRequest;
import io.github.takoapi.v1.BooksTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Books and their authors. */
public final class Books
    extends Domain<
        Books,
        BooksSearchRequest,
        BooksDetailRequest,
        BooksTrendingRequest,
        BooksRelatedRequest,
        BooksTermsRequest> {
  Books(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            BooksServiceGrpc.getSearchMethod(),
            BooksServiceGrpc.getDetailMethod(),
            BooksServiceGrpc.getTrendingMethod(),
            BooksServiceGrpc.getRelatedMethod(),
            BooksServiceGrpc.getTermsMethod()));
  }

  @Override
  protected Books build(Channel channel, CallOptions options) {
    return new Books(channel, options);
  }
}
