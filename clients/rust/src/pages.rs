//! Going over all pages of an answer.

use std::future::Future;

use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use tonic::Status;

use crate::{Client, Error, v1};

/// A request that can go on where an answer ended: Search, Trending, Related and Terms of every domain.
pub trait Paged: Clone + Send + Sync + Unpin + 'static {
    /// The answer.
    type Answer: Page;

    /// Asks for one page.
    fn ask(self, client: &Client) -> impl Future<Output = Result<Self::Answer, Status>> + Send;

    /// Makes it the request of the page with this token.
    fn go_on_at(&mut self, page_token: String);
}

/// An answer that may have more behind it.
pub trait Page: Send + Unpin + 'static {
    /// What it is a page of.
    type Entry: Send + Unpin + 'static;

    /// The token of the next page, empty on the last one.
    fn next_page_token(&self) -> &str;

    /// What is on it.
    fn into_entries(self) -> Vec<Self::Entry>;
}

pub(crate) fn pages<R: Paged>(client: Client, request: R) -> BoxStream<'static, Result<R::Answer, Error>> {
    stream::try_unfold(Some(request), move |request| {
        let client = client.clone();
        async move {
            let Some(mut request) = request else {
                return Ok(None);
            };
            let page = request.clone().ask(&client).await?;
            let next = match page.next_page_token() {
                "" => None,
                token => {
                    request.go_on_at(token.to_owned());
                    Some(request)
                }
            };
            Ok(Some((page, next)))
        }
    })
    .boxed()
}

pub(crate) fn entries<R: Paged>(
    client: Client,
    request: R,
) -> BoxStream<'static, Result<<R::Answer as Page>::Entry, Error>> {
    pages(client, request).map_ok(|page| stream::iter(page.into_entries().into_iter().map(Ok))).try_flatten().boxed()
}

macro_rules! page {
    ($($answer:ident of $field:ident: $entry:ident;)*) => {$(
        impl Page for v1::$answer {
            type Entry = v1::$entry;

            fn next_page_token(&self) -> &str {
                &self.next_page_token
            }

            fn into_entries(self) -> Vec<v1::$entry> {
                self.$field
            }
        }
    )*};
}

page! {
    SearchResponse of items: Item;
    TrendingResponse of items: Item;
    RelatedResponse of items: Item;
    TermsResponse of terms: Term;
}

macro_rules! paged {
    ($($service:ident.$method:ident($request:ident) -> $answer:ident;)*) => {$(
        impl Paged for v1::$request {
            type Answer = v1::$answer;

            async fn ask(self, client: &Client) -> Result<v1::$answer, Status> {
                Ok(client.$service().$method(self).await?.into_inner())
            }

            fn go_on_at(&mut self, page_token: String) {
                self.page_token = page_token;
            }
        }
    )*};
}

macro_rules! paged_domains {
    ($($service:ident: $search:ident $trending:ident $related:ident $terms:ident;)*) => {$(
        paged! {
            $service.search($search) -> SearchResponse;
            $service.trending($trending) -> TrendingResponse;
            $service.related($related) -> RelatedResponse;
            $service.terms($terms) -> TermsResponse;
        }
    )*};
}

paged! {
    catalog.search(CatalogSearchRequest) -> SearchResponse;
}

paged_domains! {
    anime_manga: AnimeMangaSearchRequest AnimeMangaTrendingRequest AnimeMangaRelatedRequest AnimeMangaTermsRequest;
    boardgames: BoardGamesSearchRequest BoardGamesTrendingRequest BoardGamesRelatedRequest BoardGamesTermsRequest;
    books: BooksSearchRequest BooksTrendingRequest BooksRelatedRequest BooksTermsRequest;
    collectibles: CollectiblesSearchRequest CollectiblesTrendingRequest CollectiblesRelatedRequest
        CollectiblesTermsRequest;
    comics: ComicsSearchRequest ComicsTrendingRequest ComicsRelatedRequest ComicsTermsRequest;
    construction_toys: ConstructionToysSearchRequest ConstructionToysTrendingRequest ConstructionToysRelatedRequest
        ConstructionToysTermsRequest;
    ecommerce: EcommerceSearchRequest EcommerceTrendingRequest EcommerceRelatedRequest EcommerceTermsRequest;
    media: MediaSearchRequest MediaTrendingRequest MediaRelatedRequest MediaTermsRequest;
    music: MusicSearchRequest MusicTrendingRequest MusicRelatedRequest MusicTermsRequest;
    sticker_albums: StickerAlbumsSearchRequest StickerAlbumsTrendingRequest StickerAlbumsRelatedRequest
        StickerAlbumsTermsRequest;
    tcg: TradingCardsSearchRequest TradingCardsTrendingRequest TradingCardsRelatedRequest TradingCardsTermsRequest;
    videogames: VideoGamesSearchRequest VideoGamesTrendingRequest VideoGamesRelatedRequest VideoGamesTermsRequest;
}
