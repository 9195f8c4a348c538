# The bot in a small image: no compiler, no pip, no root; everything but /data and /tmp may be read-only.
#   docker build -t ciclo .
#   docker run --read-only --tmpfs /tmp -v ciclo:/data -e CICLO_TELEGRAM__TOKEN=… ciclo
FROM python:3.11-slim AS built
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.lock ./
COPY scripts/run_lock.py scripts/
RUN python scripts/run_lock.py > run.lock && /venv/bin/pip install --require-hashes --no-deps -r run.lock \
    && /venv/bin/pip uninstall --yes pip setuptools
COPY bot/ app/bot/
COPY handlers/ app/handlers/
COPY reminders/ app/reminders/
COPY telegram_io/ app/telegram_io/
COPY changes/ app/changes/
COPY knowledge/ app/knowledge/
COPY db/ app/db/
COPY locales/ app/locales/
COPY config.example.toml LICENSE app/
# Compiled once, here: a start without bytecode takes five times as long, and nothing can be written later.
RUN find app /venv -name __pycache__ -type d -prune -exec rm -rf {} + \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib app

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin ciclo \
    && install -d -o ciclo -g ciclo -m 0700 /data
COPY --from=built /venv /venv
COPY --from=built /build/app /app
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 CICLO_DATABASE__URL=sqlite:////data/ciclo.db CICLO_HTTP__PORT=8081
USER 10001:10001
VOLUME /data
EXPOSE 8080
# A door of its own, open within the container alone, while polling, too. The process answers for itself; whether it is ready to work is /readyz, which is the load balancer's question.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8081/healthz', timeout=4)"]
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
CMD ["run", "--config", "config.example.toml"]
