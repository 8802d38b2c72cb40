# Rasa and the action server: one image, two commands. Never reached from outside.
# Build from the project's folder, a model trained before (`make train`): docker build -f deploy/images/bot.Dockerfile -t jawab-bot .
FROM python:3.10-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements.txt

FROM python:3.10-slim-bookworm
# OpenMP for the networks' arithmetic.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jawab \
    && install -d -o jawab -g jawab /var/lib/jawab
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY config.yml domain.yml credentials.yml pyproject.toml ./
COPY deploy/endpoints.yml ./endpoints.yml
COPY data ./data
COPY actions ./actions
COPY jawab ./jawab
COPY models ./models
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false \
    TF_CPP_MIN_LOG_LEVEL=3 \
    SQLALCHEMY_SILENCE_UBER_WARNING=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    JAWAB_ROOT=/app \
    JAWAB_VAR=/var/lib/jawab
USER 10001:10001
STOPSIGNAL SIGTERM
# Rasa; the action server is `python -m actions --port 5055` with SANIC_HOST=0.0.0.0.
EXPOSE 5005 5055
CMD ["python", "-m", "jawab.nlu.server", "--interface", "0.0.0.0", "--port", "5005", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
