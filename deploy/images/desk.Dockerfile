# The desk alone: the only image that is reached from outside. No Rasa, no TensorFlow, no compiler, no root.
# Build from the project's folder: docker build -f deploy/images/desk.Dockerfile -t jawab-desk .
FROM python:3.10-slim-bookworm AS packages
COPY deploy/images/desk.txt /tmp/desk.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/desk.txt

FROM python:3.10-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jawab \
    && install -d -o jawab -g jawab /var/lib/jawab
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY data ./data
COPY widget ./widget
COPY jawab ./jawab
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    JAWAB_ROOT=/app \
    JAWAB_VAR=/var/lib/jawab \
    JAWAB_HOST=0.0.0.0 \
    JAWAB_LOG_FORMAT=json
USER 10001:10001
EXPOSE 8000
VOLUME /var/lib/jawab
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "jawab.desk.main"]
