"""Asking LEGO.com's GraphQL, as its own pages do. It is not documented.

Operations and fields are those of public clients, among them bramp/build-along.
"""

from __future__ import annotations

from tako_providers.construction_toys.lego.shops import SITE, Shop
from tako_providers.sdk import Blocked, Json, ShapeChanged, Unreachable, Upstream, dict_in, dicts_in, list_in, text_in

ADDRESS = f"{SITE}/api/graphql"
PAGE_SIZE = 24

_TOKEN_SECONDS = 300.0
"""How long a token is used. Its true life is not known; it costs one request."""
_BAD_QUERY = frozenset(("GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_USER_INPUT"))

_VARIANT = """
      variant {
        id
        sku
        salePercentage
        attributes {
          rating
          availabilityStatus
          availabilityText
          canAddToBag
          onSale
          isNew
          ageRange
          pieceCount%s
        }
        price { formattedAmount centAmount currencyCode }
        listPrice { formattedAmount centAmount }
      }"""

_SEARCH = (
    """query SearchProductsQuery($q: String!, $page: Int!, $perPage: Int!, $sort: SortInput, $filters: [Filter!], """
    """$visibility: ProductVisibility) {
  searchProducts(query: $q, page: $page, perPage: $perPage, filters: $filters, sort: $sort, visibility: $visibility) {
    __typename
    ... on RedirectAction { url }
    ... on SearchProducts {
      productResult {
        count
        total
        results {
          __typename
          id
          productCode
          name
          slug
          overrideUrl
          primaryImage(size: THUMBNAIL)
          baseImgUrl: primaryImage
          ... on SingleVariantProduct {"""
    + _VARIANT % ""
    + """
          }
        }
      }
      resultFor
    }
  }
}"""
)

_BOOKLETS = """
  customerService {
    getBuildingInstructionsForSet(setNumber: "%(number)s") {
      status
      data {
        setNumber
        name
        year
        ageRating
        setPieceCount
        theme { themeName }
        setImage { src }
        buildingInstructions {
          isAdditionalInfoBooklet
          sequence { element total }
          pdf { pdfUrl fileSize coverImage { src } }
        }
      }
    }
  }"""

_PRODUCT = (
    """query ProductDetails {"""
    + _BOOKLETS
    + """
  product(productCode: "%(number)s") {
    __typename
    id
    productCode
    name
    slug
    description
    featuresText
    primaryImage(size: THUMBNAIL)
    baseImgUrl: primaryImage
    productCategories { name }
    brandCategory { name }
    productMediaAssets {
      __typename
      ... on ProductAssetImage { url altText }
      ... on ProductAssetVideo { video { title videoFormats { url quality } } }
    }
    ... on SingleVariantProduct {"""
    + (_VARIANT % "\n          minifigureCount\n          buildHeight\n          buildWidth\n          buildDepth")
    + """
    }
  }
}"""
)


async def search(text: str, page: int, sort: Json, shop: Shop, up: Upstream) -> Json:
    """`searchProducts`: a list, or where to go instead."""
    variables = {
        "q": text,
        "page": page,
        "perPage": PAGE_SIZE,
        "sort": sort,
        "visibility": {"includeFreeProducts": False, "includeRetiredProducts": True},
    }
    found = dict_in(await _asked("SearchProductsQuery", _SEARCH, variables, shop, up), "searchProducts")
    if not found:
        raise ShapeChanged("LEGO gave something else where results of a search were expected")
    return found


async def product(number: str, shop: Shop, up: Upstream) -> tuple[Json, Json]:
    """The product of the shop and the record of the instructions service; each is empty where there is none."""
    data = await _asked("ProductDetails", _PRODUCT % {"number": number}, {}, shop, up)
    if "product" not in data:
        raise ShapeChanged("LEGO gave something else where a product was expected")
    return dict_in(data, "product"), _record(data)


async def booklets(number: str, shop: Shop, up: Upstream) -> Json:
    """The record of the instructions service, an empty one where there is none."""
    document = "query getSetBuildingInstructions {" + _BOOKLETS % {"number": number} + "\n}"
    return _record(await _asked("getSetBuildingInstructions", document, {}, shop, up))


def _record(data: Json) -> Json:
    """`getBuildingInstructionsForSet.data`. A set that is not known has a record without a name, or none."""
    found = dict_in(data, "customerService").get("getBuildingInstructionsForSet")
    if not isinstance(found, dict):
        raise ShapeChanged("LEGO gave something else where building instructions were expected")
    record = dict_in(found, "data")
    return record if text_in(record, "name") or list_in(record, "buildingInstructions") else {}


async def _asked(operation: str, document: str, variables: Json, shop: Shop, up: Upstream) -> Json:
    """The `data` of an answer. Where upstream wants a login, its anonymous one is used and the question repeated."""
    body = {"operationName": operation, "variables": variables, "query": document}
    headers = {"x-locale": shop.tag}
    found = await up.json(f"{ADDRESS}/{operation}", method="POST", body=body, headers=headers)
    if _codes(found) & {"UNAUTHENTICATED"}:
        token = await up.kept("token", lambda: _token(shop, up), seconds=_TOKEN_SECONDS)
        headers |= {"Authorization": token, "Cookie": f"gqauth={token}"}
        found = await up.json(f"{ADDRESS}/{operation}", method="POST", body=body, headers=headers)
    codes = _codes(found)
    data = dict_in(found, "data")
    if codes & {"UNAUTHENTICATED", "FORBIDDEN"}:
        raise Blocked("LEGO does not answer without a login")
    if codes & _BAD_QUERY or not (data or codes):
        raise ShapeChanged("LEGO no longer understands the question as it is asked")
    if codes and not any(data.values()):
        raise Unreachable("LEGO could not answer")
    return data


async def _token(shop: Shop, up: Upstream) -> str:
    """The token of a visitor without an account."""
    body = {"operationName": "Login", "variables": {}, "query": "mutation Login { login }"}
    found = await up.json(f"{ADDRESS}/Login", method="POST", body=body, headers={"x-locale": shop.tag})
    token = text_in(dict_in(found, "data"), "login") if isinstance(found, dict) else ""
    if not token:
        raise Blocked("LEGO gives no visitor a login")
    return token


def _codes(found: Json) -> set[str]:
    """The codes of an answer's errors; "" for one without."""
    if not isinstance(found, dict):
        raise ShapeChanged("LEGO gave something else where an answer of its GraphQL was expected")
    return {text_in(dict_in(error, "extensions"), "code") for error in dicts_in(found, "errors")}
