//! A tour of Tako: search, stream, detail, trending, errors, health.
//!
//! Start a server with `make demo`, then: cargo run --example tour [ADDRESS]

use futures_util::TryStreamExt;
use tako_client::v1::item::Details;
use tako_client::v1::search_event::Event;
use tako_client::v1::{BooksDetailRequest, BooksSearchRequest, BooksTrendingRequest, CatalogSearchRequest};
use tako_client::{Client, Error, Reason};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:50051".into());
    let tako = Client::connect(address).await?;

    println!("search");
    let question = BooksSearchRequest {
        query: "sample lighthouse".into(),
        providers: vec!["openlibrary".into()],
        ..Default::default()
    };
    let found = tako.books().search(question).await?.into_inner();
    for item in &found.items {
        println!("  {}  {} ({})", item.id, item.title, item.year());
    }

    println!("stream: each provider's items the moment it answers");
    let everywhere =
        CatalogSearchRequest { query: "sample lighthouse".into(), domains: vec!["books".into()], ..Default::default() };
    let mut events = tako.catalog().search_stream(everywhere).await?.into_inner();
    while let Some(event) = events.message().await? {
        match event.event {
            Some(Event::Items(items)) => println!("  {}: {} items", items.provider, items.items.len()),
            Some(Event::Outcome(outcome)) if !outcome.reason.is_empty() => {
                println!("  {}: {}", outcome.provider, outcome.reason);
            }
            _ => {}
        }
    }

    println!("detail");
    let question = BooksDetailRequest { id: found.items[0].id.clone(), ..Default::default() };
    let item = tako.books().detail(question).await?.into_inner().item.unwrap_or_default();
    if let Some(Details::Book(book)) = &item.details {
        println!("  {}, {} pages, {}", item.title, book.page_count(), item.attribution.unwrap_or_default().text);
    }

    println!("trending, every page");
    let feed = BooksTrendingRequest { providers: vec!["openlibrary".into()], ..Default::default() };
    let mut items = tako.all(feed);
    while let Some(item) = items.try_next().await? {
        println!("  {}. {}", item.context.unwrap_or_default().position(), item.title);
    }

    println!("errors");
    let question = BooksDetailRequest { id: "openlibrary/book/OL90000404W".into(), ..Default::default() };
    match tako.books().detail(question).await.map_err(Error::from) {
        Err(error) if error.reason() == Some(&Reason::ItemNotFound) => {
            println!(
                "  {} by {}: {}",
                Reason::ItemNotFound,
                error.metadata("provider").unwrap_or("?"),
                error.message()
            );
        }
        other => drop(other?),
    }
    let question = BooksSearchRequest { query: "sample".into(), page_size: -1, ..Default::default() };
    if let Err(error) = tako.books().search(question).await.map_err(Error::from) {
        for wrong in error.violations() {
            println!("  {:?}: {} {}", error.code(), wrong.field, wrong.description);
        }
    }

    println!("health");
    println!("  {}", tako.health("").await?.as_str_name());
    Ok(())
}
