package io.github.takoapi;

import io.github.takoapi.v1.StickerAlbumsDetailRequest;
import io.github.takoapi.v1.StickerAlbumsRelatedRequest;
import io.github.takoapi.v1.StickerAlbumsSearchRequest;
import io.github.takoapi.v1.StickerAlbumsServiceGrpc;
import io.github.takoapi.v1.StickerAlbumsTermsRequest;
import io.github.takoapi.v1.StickerAlbumsTrendingRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;

/** Sticker albums. */
public final class StickerAlbums
    extends Domain<
        StickerAlbums,
        StickerAlbumsSearchRequest,
        StickerAlbumsDetailRequest,
        StickerAlbumsTrendingRequest,
        StickerAlbumsRelatedRequest,
        StickerAlbumsTermsRequest> {
  StickerAlbums(Channel channel, CallOptions options) {
    super(
        channel,
        options,
        new Methods<>(
            StickerAlbumsServiceGrpc.getSearchMethod(),
            StickerAlbumsServiceGrpc.getDetailMethod(),
            StickerAlbumsServiceGrpc.getTrendingMethod(),
            StickerAlbumsServiceGrpc.getRelatedMethod(),
            StickerAlbumsServiceGrpc.getTermsMethod()));
  }

  @Override
  protected StickerAlbums build(Channel channel, CallOptions options) {
    return new StickerAlbums(channel, options);
  }
}
