FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/dateline \
    && /opt/dateline/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

FROM python:3.12-slim
RUN useradd --create-home --uid 1000 dateline && install -d -o dateline -g dateline /data
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH DATELINE_DATA_DIR=/data PYTHONUNBUFFERED=1
USER dateline
WORKDIR /home/dateline
VOLUME /data
ENTRYPOINT ["dateline"]
CMD ["run"]
