# Nothing is compiled: better-sqlite3 brings its binaries, for linux/amd64 and linux/arm64 alike.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# scripts would fetch the Node that a checkout brings along
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
RUN npm ci --omit=dev --ignore-scripts
# of better-sqlite3 its binary for this machine is enough
RUN cd node_modules/better-sqlite3 && rm -r deps src binding.gyp && find prebuilds -type f ! -name "linux-$(node -p process.arch).node" -delete
RUN rm -r src docker build*.mjs tsconfig.json package-lock.json

FROM node:24-slim
# an init: as the first process Node would not hear SIGTERM before it has started
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
# any user may be chosen, as long as its group is 0
RUN install -d -o 1000 -g 0 -m 0775 /data
RUN ln -s /app/dist/main.js /usr/local/bin/mockjet
COPY docker/ready /usr/local/bin/mockjet-ready
WORKDIR /app
COPY --from=build /app ./
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mockjet" \
  org.opencontainers.image.description="A high-fidelity mock of the Mailjet API for local development and integration tests" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production MOCKJET_HOST=0.0.0.0 MOCKJET_SMTP_PORT=1025
USER 1000:0
VOLUME /data
EXPOSE 6245 1025
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --start-interval=100ms CMD ["mockjet-ready"]
ENTRYPOINT ["tini", "-s", "--", "mockjet"]
