# One image for every process of a deployment; which one it is says the command: api, worker, resolver or standalone.

FROM node:22-bookworm-slim AS build
WORKDIR /daodi
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY swc.config.cjs ./
COPY apps ./apps
COPY libs ./libs
COPY seeds ./seeds
# Sealed: it is run as it is, nothing is installed, compiled or written beside it.
RUN node apps/standalone/build.mjs && touch dist/.sealed

FROM node:22-bookworm-slim AS packages
WORKDIR /daodi
COPY package.json package-lock.json ./
# The compilers are needed for building only.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@swc/core* node_modules/typescript

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="Daodi 道地" \
      org.opencontainers.image.description="Traceability for authentic-origin Chinese herbal medicine" \
      org.opencontainers.image.version="0.1.0"
ENV NODE_ENV=production DAODI_HOST=0.0.0.0 DAODI_DATA=/data
WORKDIR /daodi
COPY --from=packages /daodi/node_modules ./node_modules
COPY --from=build /daodi/dist ./dist
COPY package.json ./
COPY apps/standalone/start.mjs apps/standalone/prepare.mjs ./apps/standalone/
COPY apps/cli/start.mjs ./apps/cli/
# The only place it writes to; the rest may be read-only.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# Node answers SIGTERM itself: what is under way comes to its end, within 20 s for each thing to close.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.DAODI_PORT||3000}/readyz`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "apps/standalone/start.mjs"]
CMD ["standalone"]
