# Two stages: the first installs the locked packages and collects the static files, the second only runs.
# No compiler in either: every locked package comes as a wheel.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements.txt .
RUN pip --python /venv/bin/python install --require-hashes --only-binary :all: --requirement requirements.txt
COPY . .
# Collecting needs settings but no secret and no database: these values end with this line.
RUN MODE=production SECRET_KEY=only-while-the-image-is-built-0123456789-abcdefghijkl ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://nobody@localhost/none /venv/bin/python manage.py collectstatic --noinput
# Nobody may write here later: without this, every start would compile all of it anew.
RUN /venv/bin/python -m compileall -q accounts api cities contact crossinno editing events mail practices search

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    MODE=production BIND=0.0.0.0:8000 MEDIA_ROOT=/media VAR_DIR=/tmp
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin crossinno && install --directory --owner crossinno /media
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER crossinno
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
# The workers' heartbeat lives in memory: a busy disk must not look like a hanging worker.
CMD ["gunicorn", "--worker-tmp-dir", "/dev/shm"]
