# The app in a container: without root, and writing to /tmp alone. See docs/deploy.md.

FROM python:3.13-slim AS build
WORKDIR /checkout
COPY pyproject.toml constraints.txt README.md LICENSE app.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY docs/reference.md docs/reference.md
COPY geodata geodata
COPY pages pages
COPY src src
RUN python -m venv /atlas && /atlas/bin/pip install --no-cache-dir -c constraints.txt '.[app]'

FROM python:3.13-slim
COPY --from=build /atlas /atlas
ENV PATH=/atlas/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --start-period=30s --interval=30s --timeout=10s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/healthz')"]
ENTRYPOINT ["pilotzones", "serve"]
CMD ["--address", "0.0.0.0"]
