/** What is tried again, and when: tako_grpc_service_config.json. */
export const serviceConfig = {
  "methodConfig": [
    {
      "name": [
        {"service": "tako.v1.AnimeMangaService"},
        {"service": "tako.v1.BoardGamesService"},
        {"service": "tako.v1.BooksService"},
        {"service": "tako.v1.CatalogService"},
        {"service": "tako.v1.CollectiblesService"},
        {"service": "tako.v1.ComicsService"},
        {"service": "tako.v1.ConstructionToysService"},
        {"service": "tako.v1.EcommerceService"},
        {"service": "tako.v1.MediaService"},
        {"service": "tako.v1.MusicService"},
        {"service": "tako.v1.ProviderService"},
        {"service": "tako.v1.StickerAlbumsService"},
        {"service": "tako.v1.TradingCardsService"},
        {"service": "tako.v1.VideoGamesService"},
        {"service": "tako.v1.AdminService", "method": "GetCacheStats"},
        {"service": "tako.v1.AdminService", "method": "ListJobs"}
      ],
      "retryPolicy": {
        "maxAttempts": 3,
        "initialBackoff": "0.2s",
        "maxBackoff": "2s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"]
      }
    }
  ]
} as const;
