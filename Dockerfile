# The image of Tako: the server, and the gateway that serves REST before it. docs/deployment.md tells how to run it.
#
#   docker build -t tako .
#   docker run --rm -p 127.0.0.1:3000:3000 -e TAKO_REST_HOST=0.0.0.0 tako serve     # both in one container
#
# Python 3.11 and Debian 12 are what the tests run on. Dependabot moves the tag and the digest together.

FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d AS build

# The version of scripts/bootstrap.py.
ARG UV_VERSION=0.13.9
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PROJECT_ENVIRONMENT=/opt/tako \
    UV_PYTHON_DOWNLOADS=never

RUN apt-get update \
    && apt-get install -y --no-install-recommends tini=0.19.0-* \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir --disable-pip-version-check "uv==${UV_VERSION}"

WORKDIR /src

# What others wrote changes seldom: a layer of its own, exactly as uv.lock says, with hashes.
COPY pyproject.toml uv.lock ./
COPY clients/python/pyproject.toml clients/python/
RUN uv sync --frozen --no-dev --no-install-workspace

COPY LICENSE ./
COPY envoy envoy
COPY clients/python clients/python
COPY providers providers
COPY server server
RUN uv sync --frozen --no-dev --no-editable \
    && /opt/tako/bin/tako version


FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d

ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="Tako" \
      org.opencontainers.image.description="One typed API, gRPC and REST, over the sources of books, films, games, cards and other collectables" \
      org.opencontainers.image.licenses="MIT AND Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"

# Nothing installs anything in here any more. Only /data, and /tmp, are written to: the rest may be read-only.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip setuptools wheel \
    && groupadd --gid 10001 tako \
    && useradd --uid 10001 --gid tako --no-create-home --home-dir /data --shell /usr/sbin/nologin tako \
    && install --directory --owner=tako --group=tako --mode=0700 /data

COPY --from=build /usr/bin/tini /usr/bin/tini
COPY --from=build /opt/tako /opt/tako

# What listens on loopback elsewhere listens everywhere in here: what is reached from outside is what is published.
ENV PATH=/opt/tako/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TAKO_CACHE_PATH=/data/tako.db \
    TAKO_GRPC_ADDRESS=0.0.0.0:50051 \
    TAKO_HTTP_ADDRESS=0.0.0.0:8081 \
    TAKO_LOG_FORMAT=json

USER 10001:10001
WORKDIR /data
EXPOSE 50051 8081 3000

# 15 s for calls in flight (TAKO_SHUTDOWN_GRACE), 10 s for browsers: stop with `--time 40`, or more.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --start-interval=1s --retries=3 CMD ["tako", "healthcheck"]

# Envoy is a container of its own (`tako gateway`), so the server starts none.
ENTRYPOINT ["tini", "--", "tako"]
CMD ["serve", "--no-rest"]
