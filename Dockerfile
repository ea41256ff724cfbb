# Ordbro i en container. Bygg och kör: docs/operations.md.
# The first stage makes the environment from the lock file; only that is carried over.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/ordbro
COPY requirements.lock ./
RUN /opt/ordbro/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY phrases phrases
COPY nlg nlg
COPY models models
COPY coding_assist coding_assist
COPY service service
RUN /opt/ordbro/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
COPY --from=build /opt/ordbro /opt/ordbro
# Keys, feedback and local choices; everything else may be read-only.
RUN install -d -o 10001 -g 10001 -m 0750 /data
VOLUME /data
ENV PATH=/opt/ordbro/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    ORDBRO_HOST=0.0.0.0 \
    ORDBRO_PORT=8000 \
    ORDBRO_WORKERS=2 \
    ORDBRO_DRAIN_SECONDS=5 \
    ORDBRO_DATA=/data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"ORDBRO_PORT\"]}/readyz', timeout=4)"]
ENTRYPOINT ["ordbro"]
CMD ["serve"]
