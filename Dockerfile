FROM node:22-slim AS build
# better-sqlite3 is compiled where no binary of it can be fetched
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev && rm -r src build*.mjs tsconfig.json

FROM node:22-slim
RUN mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=build /app ./
ENV NODE_ENV=production MOCKJET_HOST=0.0.0.0
USER node
VOLUME /data
EXPOSE 6245
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s CMD ["node", "/app/dist/main.js", "wait", "--timeout", "2s"]
ENTRYPOINT ["node", "/app/dist/main.js"]
