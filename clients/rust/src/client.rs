//! The client: one typed client for each service, over one connection.

use futures_util::stream::BoxStream;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::pages::{self, Page, Paged};
use crate::transport::{MAX_MESSAGE, Transport};
use crate::v1::{self, admin_service_client::AdminServiceClient};
use crate::{ClientBuilder, Error, ServingStatus};

/// A client of one server. Cloning it is cheap, and shares the connection.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Transport,
}

macro_rules! domains {
    ($($(#[$doc:meta])* $name:ident: $module:ident::$service:ident;)*) => {
        impl Client {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> v1::$module::$service<Transport> {
                v1::$module::$service::new(self.transport.clone()).max_decoding_message_size(MAX_MESSAGE)
            })*
        }
    };
}

domains! {
    /// Anime and manga.
    anime_manga: anime_manga_service_client::AnimeMangaServiceClient;
    /// Board games.
    boardgames: board_games_service_client::BoardGamesServiceClient;
    /// Books and their authors.
    books: books_service_client::BooksServiceClient;
    /// Collectibles.
    collectibles: collectibles_service_client::CollectiblesServiceClient;
    /// Comics.
    comics: comics_service_client::ComicsServiceClient;
    /// Construction toys.
    construction_toys: construction_toys_service_client::ConstructionToysServiceClient;
    /// Products for sale.
    ecommerce: ecommerce_service_client::EcommerceServiceClient;
    /// Films and series.
    media: media_service_client::MediaServiceClient;
    /// Music.
    music: music_service_client::MusicServiceClient;
    /// Sticker albums.
    sticker_albums: sticker_albums_service_client::StickerAlbumsServiceClient;
    /// Trading cards.
    tcg: trading_cards_service_client::TradingCardsServiceClient;
    /// Video games.
    videogames: video_games_service_client::VideoGamesServiceClient;
    /// Asks several domains at once.
    catalog: catalog_service_client::CatalogServiceClient;
    /// Tells what each provider can do, and whether it can do it here.
    providers: provider_service_client::ProviderServiceClient;
}

impl Client {
    pub(crate) fn new(transport: Transport) -> Self {
        Self { transport }
    }

    /// Connects to the server at `address`: `host:port`, `http://host:port` or `https://host`.
    ///
    /// Without a scheme, an address of this machine (`localhost`, `127.0.0.1`, `[::1]`) is asked in plaintext, any
    /// other over TLS.
    ///
    /// # Errors
    /// As [`ClientBuilder::connect`].
    pub async fn connect(address: impl Into<String>) -> Result<Self, Error> {
        Self::builder(address).connect().await
    }

    /// Begins a client with keys, TLS or another deadline.
    pub fn builder(address: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(address.into())
    }

    /// For whoever runs the server. Needs [`ClientBuilder::admin_token`].
    #[must_use]
    pub fn admin(&self) -> AdminServiceClient<Transport> {
        AdminServiceClient::new(self.transport.clone()).max_decoding_message_size(MAX_MESSAGE)
    }

    /// The health of one service, such as `tako.v1.BooksService`, or with `""` that of the server.
    ///
    /// # Errors
    /// NOT_FOUND when the server has no such service.
    pub async fn health(&self, service: impl Into<String>) -> Result<ServingStatus, Error> {
        let request = HealthCheckRequest { service: service.into() };
        let answer = HealthClient::new(self.transport.clone()).check(request).await?;
        Ok(answer.into_inner().status())
    }

    /// All pages from the request's on. Each has outcomes that say what became of the providers. After an error there
    /// is nothing more.
    pub fn pages<R: Paged>(&self, request: R) -> BoxStream<'static, Result<R::Answer, Error>> {
        pages::pages(self.clone(), request)
    }

    /// What is on all pages: items, or the terms of a vocabulary. A page is asked for when the one before is used up.
    /// After an error there is nothing more.
    pub fn all<R: Paged>(&self, request: R) -> BoxStream<'static, Result<<R::Answer as Page>::Entry, Error>> {
        pages::entries(self.clone(), request)
    }
}
