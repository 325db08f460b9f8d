import type { CallOptions, Interceptor, Transport } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus } from "./gen/grpc/health/v1/health_pb.js";
import * as v1 from "./gen/v1.js";
import { retrying, shippedPolicies } from "./retry.js";
import { createService, type Service } from "./service.js";

/** Milliseconds that a call may take when it does not say so itself. */
export const DEFAULT_TIMEOUT_MS = 30_000;
/** Bytes of the largest answer that is taken. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** What every client takes, in Node and in a browser. */
export interface ClientOptions {
  /** A key of the server (`TAKO_API_KEYS`), sent as `x-api-key`. */
  readonly apiKey?: string | undefined;
  /** The operator's token (`TAKO_ADMIN_TOKEN`), sent as `authorization: Bearer`. Only `admin` and `refresh` need it. */
  readonly adminToken?: string | undefined;
  /** Milliseconds that a call may take when its own `timeoutMs` is not set. 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** What the standard health service says. */
export type ServingStatus = keyof typeof HealthCheckResponse_ServingStatus;

/** A typed client of one Tako server: a service for each domain, and those over all domains. Safe to share. */
export class TakoClient implements Disposable {
  readonly constructionToys: Service<typeof v1.ConstructionToysService>;
  readonly books: Service<typeof v1.BooksService>;
  readonly comics: Service<typeof v1.ComicsService>;
  readonly animeManga: Service<typeof v1.AnimeMangaService>;
  readonly media: Service<typeof v1.MediaService>;
  readonly videoGames: Service<typeof v1.VideoGamesService>;
  readonly boardGames: Service<typeof v1.BoardGamesService>;
  readonly collectibles: Service<typeof v1.CollectiblesService>;
  readonly stickerAlbums: Service<typeof v1.StickerAlbumsService>;
  readonly tradingCards: Service<typeof v1.TradingCardsService>;
  readonly music: Service<typeof v1.MusicService>;
  readonly ecommerce: Service<typeof v1.EcommerceService>;
  /** Several domains at once: search, stream, batch, look-up. */
  readonly catalog: Service<typeof v1.CatalogService>;
  /** What each provider can do, and whether it can do it here. */
  readonly providers: Service<typeof v1.ProviderService>;
  /** For whoever runs the server. */
  readonly admin: Service<typeof v1.AdminService>;

  readonly #health: Service<typeof Health>;
  readonly #close: () => void;

  /**
   * Use `createTakoClient`, unless you bring a transport of your own.
   *
   * @param close - ends what the transport holds
   */
  constructor(transport: Transport, close: () => void = () => {}) {
    this.constructionToys = createService(v1.ConstructionToysService, transport);
    this.books = createService(v1.BooksService, transport);
    this.comics = createService(v1.ComicsService, transport);
    this.animeManga = createService(v1.AnimeMangaService, transport);
    this.media = createService(v1.MediaService, transport);
    this.videoGames = createService(v1.VideoGamesService, transport);
    this.boardGames = createService(v1.BoardGamesService, transport);
    this.collectibles = createService(v1.CollectiblesService, transport);
    this.stickerAlbums = createService(v1.StickerAlbumsService, transport);
    this.tradingCards = createService(v1.TradingCardsService, transport);
    this.music = createService(v1.MusicService, transport);
    this.ecommerce = createService(v1.EcommerceService, transport);
    this.catalog = createService(v1.CatalogService, transport);
    this.providers = createService(v1.ProviderService, transport);
    this.admin = createService(v1.AdminService, transport);
    this.#health = createService(Health, transport);
    this.#close = close;
  }

  /** Asks whether the server, or one service of it such as `tako.v1.BooksService`, is well. Needs no key. */
  async checkHealth(service = "", options?: CallOptions): Promise<ServingStatus> {
    const { status } = await this.#health.check({ service }, options);
    return HealthCheckResponse_ServingStatus[status] as ServingStatus;
  }

  /** Ends the connections. Calls that are under way fail. */
  close(): void {
    this.#close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** What a call passes through on its way out, the outermost first. Throws TypeError for a key that can't travel. */
export function interceptors({ apiKey, adminToken }: ClientOptions): Interceptor[] {
  for (const [name, key] of Object.entries({ apiKey, adminToken })) {
    // Its text is not repeated: errors are logged.
    if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
      throw new TypeError(`${name} must be visible ASCII characters`);
  }
  const identifying: Interceptor = (next) => (request) => {
    if (apiKey !== undefined) request.header.set("x-api-key", apiKey);
    if (adminToken !== undefined) request.header.set("authorization", `Bearer ${adminToken}`);
    return next(request);
  };
  return [identifying, retrying(shippedPolicies)];
}
