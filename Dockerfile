# CSS and JavaScript
FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY .npmrc package.json package-lock.json ./
RUN npm ci
COPY static/src static/src
RUN npm run build

# Python packages, each checked against the hash it was locked with
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

# The site
FROM python:3.11-slim-bookworm
# What WeasyPrint draws letters with
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    fonts-dejavu-core fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /nonexistent peerchallenge \
 && install -d -o peerchallenge -g peerchallenge /var/lib/peerchallenge /srv/evidence
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/var/lib/peerchallenge \
    STATIC_ROOT=/opt/static \
    XDG_CACHE_HOME=/tmp
WORKDIR /opt/peerchallenge
COPY . .
COPY --from=assets /build/static/build static/build
# The settings want these three; none of their values stays in the image.
RUN SECRET_KEY=build ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nowhere/none \
    REDIS_URL=redis://nowhere python manage.py collectstatic --noinput
USER peerchallenge
EXPOSE 8000
CMD ["gunicorn", "peerchallenge.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
