# Two images of one build: `app` (the default) is an instance of Creditflow, `tools` is bin/creditflow.
#   docker build -t creditflow .
#   docker build -t creditflow-tools --target tools .
# --build-arg VERSION=1.0.0 builds another version than the top pom's, and labels it; --build-arg
# COMMIT=$(git describe --always --dirty) names the commit that it is built from.
ARG VERSION=
ARG COMMIT=

FROM maven:3.9-eclipse-temurin-17 AS build
ARG VERSION
ARG COMMIT
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Dmaven.test.skip=true ${VERSION:+-Drevision="$VERSION"} -Dcommit="$COMMIT" -pl quickstart -am package \
 && mkdir -p /image/app /image/tools /image/bin/lib \
 && cp bin/aot /image/bin/ && cp bin/lib/java.sh /image/bin/lib/ \
 && cp -r query-api/target/creditflow.jar query-api/target/lib /image/app/ \
 && cp quickstart/target/quickstart-*.jar $(tr ':' ' ' < quickstart/target/runtime.classpath) /image/tools/

FROM eclipse-temurin:25-jre AS base
# RocksDB allocates outside the heap, in many sizes, for years: glibc's malloc would fragment.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libjemalloc2 curl \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 creditflow \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/creditflow --shell /usr/sbin/nologin creditflow
# Where tools keep the key that tokens are signed with: of another user, whom the app is not. In both
# images, so that a volume mounted there belongs to that user whichever comes first.
RUN install -d -o 10002 -g 10002 /creditflow
ENV LD_PRELOAD=libjemalloc.so.2
ARG VERSION
ARG COMMIT
LABEL org.opencontainers.image.title="Creditflow" \
      org.opencontainers.image.description="Counts the credits that outreach campaigns spend, exactly once, and serves the numbers." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT"

FROM base AS tools
COPY --from=build /image/tools /opt/creditflow-tools
USER 10002:10002
VOLUME /creditflow
WORKDIR /tmp
ENTRYPOINT ["java", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-Dlogback.configurationFile=silent-logback.xml", "-Dquickstart.data-dir=/creditflow", \
            "-cp", "/opt/creditflow-tools/*", "io.creditflow.quickstart.command.CreditflowCommand"]

FROM base AS app
COPY --from=build /image/app /opt/creditflow
RUN install -d -o creditflow -g creditflow /var/lib/creditflow
# Loaded and linked classes and profiles of methods, for this JVM and these jars at this path. With
# options that it does not fit (ZGC, a heap of 32 GB or more) the JVM starts without it and says so.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError"
RUN --mount=type=bind,from=build,source=/image,target=/image \
    AOT_APP=/opt/creditflow AOT_TOOLS='/image/tools/*' /image/bin/aot train /opt/creditflow/creditflow.aot
USER 10001:10001
WORKDIR /var/lib/creditflow
# Inside a container the ports are reached from outside it; publish only 8080 to the public.
ENV CREDITFLOW_HTTP_HOST=0.0.0.0 \
    CREDITFLOW_MANAGEMENT_HOST=0.0.0.0 \
    CREDITFLOW_STATE_DIR=/var/lib/creditflow
VOLUME /var/lib/creditflow
EXPOSE 8080 8090
# Alive is what a restart can cure. Whether it is ready for requests is /health/ready.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8090/health/live"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:AOTCache=/opt/creditflow/creditflow.aot", "-jar", "/opt/creditflow/creditflow.jar"]
