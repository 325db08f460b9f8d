//! How a case is asked: by the client that users have.

use std::time::Duration;
use std::{env, fs};

use futures_util::TryStreamExt;
use prost::Message;
use serde_json::{Value, json};
use tako_client::v1::{BooksRelatedRequest, BooksSearchRequest, BooksTrendingRequest, CatalogSearchRequest, Item};
use tako_client::{Client, Error, Page, Paged};
use tonic::metadata::MetadataKey;
use tonic::{Request, Response, Status};

use crate::case::{Case, Failure};
use crate::json;

/// What came of it.
pub enum Asked {
    Answer(Value),
    Error(Error),
    /// It was given up, as the case wants it.
    Cancelled,
}

impl Asked {
    fn of(answer: Result<Value, Error>) -> Self {
        answer.map_or_else(Self::Error, Self::Answer)
    }
}

pub async fn ask(case: &Case) -> Result<Asked, Failure> {
    let client = connect(case).await?;
    match case.kind.as_str() {
        "unary" => unary(case, &client).await,
        "pages" => pages(case, &client).await,
        "stream" => stream(case, &client, usize::MAX).await,
        "cancel" if case.call == STREAM => stream(case, &client, 1).await,
        "cancel" => {
            let time = Duration::from_millis(case.options.cancel_after_ms.ok_or("no cancel_after_ms")?);
            let ended = tokio::time::timeout(time, unary(case, &client)).await;
            ended.unwrap_or(Ok(Asked::Cancelled))
        }
        "health" => {
            let service = case.request["service"].as_str().unwrap_or_default();
            let health = client.health(service).await;
            Ok(Asked::of(health.map(|status| json!({"status": status.as_str_name()}))))
        }
        other => Err(format!("there is no kind {other:?}").into()),
    }
}

async fn connect(case: &Case) -> Result<Client, Failure> {
    let name = format!("TAKO_TEST_{}", case.server.to_uppercase());
    let mut builder = Client::builder(env::var(&name).map_err(|_| format!("{name} is not set"))?);
    if let Some(key) = &case.options.api_key {
        builder = builder.api_key(from_environment(key)?);
    }
    if let Some(token) = &case.options.admin_token {
        builder = builder.admin_token(from_environment(token)?);
    }
    if case.server == "tls" {
        builder = builder.ca_certificate(fs::read(env::var("TAKO_TEST_CA")?)?);
    }
    Ok(builder.connect().await?)
}

fn from_environment(value: &str) -> Result<String, Failure> {
    match value.strip_prefix('$') {
        Some(name) => Ok(env::var(name).map_err(|_| format!("{name} is not set"))?),
        None => Ok(value.to_owned()),
    }
}

const STREAM: &str = "tako.v1.CatalogService/SearchStream";

async fn unary(case: &Case, client: &Client) -> Result<Asked, Failure> {
    let (books, catalog) = (client.books(), client.catalog());
    match case.call.as_str() {
        "tako.v1.BooksService/Search" => call(case, async |r| books.clone().search(r).await).await,
        "tako.v1.BooksService/Detail" => call(case, async |r| books.clone().detail(r).await).await,
        "tako.v1.BooksService/Trending" => call(case, async |r| books.clone().trending(r).await).await,
        "tako.v1.BooksService/Related" => call(case, async |r| books.clone().related(r).await).await,
        "tako.v1.BoardGamesService/Search" => call(case, async |r| client.boardgames().search(r).await).await,
        "tako.v1.MusicService/Terms" => call(case, async |r| client.music().terms(r).await).await,
        "tako.v1.CatalogService/BatchDetail" => call(case, async |r| catalog.clone().batch_detail(r).await).await,
        "tako.v1.CatalogService/Lookup" => call(case, async |r| catalog.clone().lookup(r).await).await,
        "tako.v1.ProviderService/GetProvider" => call(case, async |r| client.providers().get_provider(r).await).await,
        "tako.v1.AdminService/GetCacheStats" => call(case, async |r| client.admin().get_cache_stats(r).await).await,
        other => Err(format!("{other} is not among the methods").into()),
    }
}

/// One call of a typed client.
async fn call<Q, A>(
    case: &Case,
    method: impl AsyncFnOnce(Request<Q>) -> Result<Response<A>, Status>,
) -> Result<Asked, Failure>
where
    Q: Message + Default,
    A: Message,
{
    let (question, answer) = json::messages_of(&case.call)?;
    match method(with_options(case, json::read(question, &case.request)?)?).await {
        Ok(response) => Ok(Asked::Answer(json::write(answer, &response.into_inner().encode_to_vec())?)),
        Err(status) => Ok(Asked::Error(status.into())),
    }
}

fn with_options<Q>(case: &Case, message: Q) -> Result<Request<Q>, Failure> {
    let mut request = Request::new(message);
    if let Some(time) = case.options.timeout_ms {
        request.set_timeout(Duration::from_millis(time));
    }
    for (name, value) in &case.options.metadata {
        request.metadata_mut().insert(MetadataKey::from_bytes(name.as_bytes())?, value.parse()?);
    }
    Ok(request)
}

async fn pages(case: &Case, client: &Client) -> Result<Asked, Failure> {
    match case.call.as_str() {
        "tako.v1.BooksService/Search" => all::<BooksSearchRequest>(case, client).await,
        "tako.v1.BooksService/Trending" => all::<BooksTrendingRequest>(case, client).await,
        "tako.v1.BooksService/Related" => all::<BooksRelatedRequest>(case, client).await,
        other => Err(format!("{other} is not among the methods with pages").into()),
    }
}

/// Every item of every page.
async fn all<R>(case: &Case, client: &Client) -> Result<Asked, Failure>
where
    R: Paged + Message + Default,
    R::Answer: Page<Entry = Item>,
{
    let (question, _) = json::messages_of(&case.call)?;
    let request: R = json::read(question, &case.request)?;
    match client.all(request).try_collect::<Vec<Item>>().await {
        Ok(items) => {
            let items = items.iter().map(|item| json::write(json::message("tako.v1.Item")?, &item.encode_to_vec()));
            Ok(Asked::Answer(json!({"items": items.collect::<Result<Vec<Value>, Failure>>()?})))
        }
        Err(error) => Ok(Asked::Error(error)),
    }
}

/// The events of a stream, or the first `limit` of them: then it is dropped, which cancels it.
async fn stream(case: &Case, client: &Client, limit: usize) -> Result<Asked, Failure> {
    let (question, event) = json::messages_of(&case.call)?;
    let request: CatalogSearchRequest = json::read(question, &case.request)?;
    let mut events = match client.catalog().search_stream(with_options(case, request)?).await {
        Ok(response) => response.into_inner(),
        Err(status) => return Ok(Asked::Error(status.into())),
    };
    let mut all = Vec::new();
    while all.len() < limit {
        match events.message().await {
            Ok(Some(message)) => all.push(json::write(event.clone(), &message.encode_to_vec())?),
            Ok(None) => return Ok(Asked::Answer(Value::Array(all))),
            Err(status) => return Ok(Asked::Error(status.into())),
        }
    }
    Ok(Asked::Cancelled)
}
